import { dvcPeer } from './dvcPeer';
import { kedroPeer } from './kedroPeer';
import { makePeer } from './makePeer';
import type { Peer } from './peer';
import { snakemakePeer } from './snakemakePeer';

/** Every tool that can be asked about its own stages. */
export const PEERS: readonly Peer[] = [dvcPeer, kedroPeer, makePeer, snakemakePeer];
