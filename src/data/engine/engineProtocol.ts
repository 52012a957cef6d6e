import type { Result } from '../../base/result';
import type { DatasetFormat } from '../../project/project';
import type { Profile, ProfileShape } from '../profile/profile';

/** What the host and the engine's process say to each other. One request is under way at a time. */

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** As problems name it. */
  readonly shown: string;
}

export interface ProfileRequest {
  /** The dataset's name, for people. */
  readonly dataset: string;
  /** Read as one table. */
  readonly files: readonly SourceFile[];
  readonly format: DatasetFormat;
  /** What to count on; what is left out is chosen from the data. */
  readonly shape?: ProfileShape;
  /** Default: every core but one, and at least two where there are two. */
  readonly threads?: number;
}

export interface EngineProgress {
  /** For people: `reading`. */
  readonly what: string;
  /** 0 to 1. */
  readonly done: number;
}

export type ToEngine =
  | { readonly type: 'profile'; readonly request: ProfileRequest }
  | { readonly type: 'cancel' };

export type FromEngine =
  /** First of all: where its temporary files are, for whoever has to clean up after a kill. */
  | { readonly type: 'started'; readonly folder: string }
  | { readonly type: 'progress'; readonly progress: EngineProgress }
  | { readonly type: 'done'; readonly result: Result<Profile> };
