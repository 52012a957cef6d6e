import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout } from 'node:timers/promises';

const PIECE_BYTES = 2 ** 16;
const PAUSE_MILLISECONDS = 40;

/**
 * Hands on what is written to a file until its writer has ended, in pieces of at most 64 KiB: a log of any size
 * takes the same memory.
 * @throws the file system's error
 */
export async function followFile(
  path: string,
  ended: Promise<unknown>,
  onText: (text: string) => void,
): Promise<void> {
  let hasEnded = false;
  const noteEnd = async (): Promise<void> => {
    await ended;
    hasEnded = true;
  };
  const end = noteEnd();
  const file = await open(path);
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  try {
    for (;;) {
      // Read once more after the end: the last piece may have come between.
      const isLast = hasEnded;
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES);
        if (bytesRead === 0) break;
        const text = decoder.write(buffer.subarray(0, bytesRead));
        if (text !== '') onText(text);
      }
      if (isLast) break;
      await Promise.race([end, setTimeout(PAUSE_MILLISECONDS, undefined, { ref: false })]);
    }
    const rest = decoder.end();
    if (rest !== '') onText(rest);
  } finally {
    await file.close();
  }
}
