/** That whoever read it has gone, or the terminal is closed. */
const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/**
 * A reader that has gone (`| head -1`) ends nothing: what runs goes on, and the exit code stays what was found out. Where
 * results could not be written for another reason (a full disk), nobody has been told: exit code 2.
 */
export function watchOutput({ stdout, stderr }: NodeJS.Process): void {
  let isLost = false;
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (isLost || GONE.has(code)) return;
    isLost = true;
    stderr.write(`ml-preflight: the results could not be written: ${message}\n`);
  });
  stderr.on('error', () => undefined);
  process.on('exit', () => {
    if (isLost) process.exitCode = 2;
  });
}

/**
 * A function that waits until what has been written to a stream is taken, so that a slow reader is not filled with all
 * that there is; not longer than somebody reads, nor after an abort.
 */
export function waiterForRoom(
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): () => Promise<void> | undefined {
  let isGone = false;
  let proceed: (() => void) | undefined;
  const end = (): void => {
    isGone = true;
    proceed?.();
  };
  stream.on('drain', () => proceed?.());
  stream.on('error', end);
  signal.addEventListener('abort', end);
  let room: Promise<void> | undefined;
  return () => {
    if (isGone || !stream.writableNeedDrain) return undefined;
    room ??= new Promise((resolve) => {
      proceed = () => {
        room = undefined;
        resolve();
      };
    });
    return room;
  };
}
