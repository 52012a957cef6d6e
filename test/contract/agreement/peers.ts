import { dvcPeer } from './dvcPeer';
import { kedroPeer } from './kedroPeer';
import type { Peer } from './peer';

/** Every tool that can be asked about its own stages. */
export const PEERS: readonly Peer[] = [dvcPeer, kedroPeer];
