import { deepchecks } from './deepchecks';
import { deequ } from './deequ';
import { evidently6 } from './evidently6';
import { evidently7 } from './evidently7';
import { greatExpectations } from './greatExpectations';
import { pandera } from './pandera';
import type { PeerReader } from './peerResult';
import { pointblank } from './pointblank';
import { tfdv } from './tfdv';

/** Every reader; each takes only what is certainly of its tool, so that the order does not matter. */
export const PEER_READERS: readonly PeerReader[] = [
  greatExpectations,
  evidently7,
  evidently6,
  deepchecks,
  pointblank,
  pandera,
  deequ,
  tfdv,
];
