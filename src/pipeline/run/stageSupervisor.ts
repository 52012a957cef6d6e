import { readFile, stat } from 'node:fs/promises';
import type { StageCommand } from './stageCommand';

/**
 * What stands between us and a stage's command: a shell of a few lines that writes the exit code down, so that it is
 * known even if nobody was left to see the end.
 *
 * - It waits for a line on file descriptor 3: the run is in the ledger before the command starts, and where we are
 *   killed before that, the end of the file says so and nothing starts.
 * - `trap :` lets it survive a signal to the group, and its children get the signal's own effect back (POSIX, sh,
 *   trap). It must not be `trap ''`, which children inherit.
 * - A stage that removes its log's folder hears nothing of that: nobody else needs the file while we are there.
 * - The path of the file is `$0` and nothing is assigned before the command runs: a variable of the same name in the
 *   environment reaches the command untouched.
 */
const SCRIPT = [
  'trap : HUP INT TERM',
  'read -r ML_PREFLIGHT_GO <&3 || exit 125',
  'exec 3<&-',
  '"$@"',
  'set -- "$?"',
  '{ printf \'%d\\n\' "$1" >"$0"; } 2>/dev/null',
  'exit "$1"',
].join('\n');

/** A program and its arguments. */
export interface SupervisedCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  /** Whether it waits for a line on file descriptor 3. */
  readonly waits: boolean;
  /** Whether a shell has to read `file`. */
  readonly shell: boolean;
}

/** @param endFile absolute; written when the command has ended. Not on Windows, which has no such shell. */
export function supervise(
  { program }: StageCommand,
  line: string,
  endFile: string,
): SupervisedCommand {
  if (process.platform === 'win32') {
    return program === 'shell'
      ? { file: line, arguments: [], waits: false, shell: true }
      : { ...program, waits: false, shell: false };
  }
  const words =
    program === 'shell' ? ['/bin/sh', '-c', line] : [program.file, ...program.arguments];
  const shell = ['-c', SCRIPT, endFile, ...words];
  return { file: '/bin/sh', arguments: shell, waits: true, shell: false };
}

/** How a command ended that nobody was waiting for. */
export interface WrittenEnd {
  readonly exitCode: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Undefined where the command has not ended, or its end could not be written down. */
export async function readWrittenEnd(endFile: string): Promise<WrittenEnd | undefined> {
  try {
    const text = await readFile(endFile, 'utf8');
    // Without the end of the line it was cut short.
    if (!/^\d+\n$/.test(text)) return undefined;
    return { exitCode: Number(text), time: (await stat(endFile)).mtimeMs };
  } catch {
    return undefined;
  }
}
