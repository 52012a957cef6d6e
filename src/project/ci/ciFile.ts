import type { CiCommand } from '../detector';

/** A CI file and the commands in it. */
export interface CiFile {
  readonly path: string;
  readonly commands: readonly CiCommand[];
}
