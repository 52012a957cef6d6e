import { join } from 'node:path';

/** How to start the data engine's process: the file and Node's own arguments for it. */
export interface EngineCommand {
  /** Absolute. */
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** The engine that the build put beside a host's bundle. `folder` is the bundle's own folder. */
export function engineBeside(folder: string): EngineCommand {
  return { file: join(folder, 'engine.js'), execArgv: [] };
}
