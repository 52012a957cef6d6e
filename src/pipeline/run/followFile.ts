import { open, type FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { formatCount } from '../../base/format';

const PIECE_BYTES = 2 ** 16;
const PAUSE_MILLISECONDS = 40;

type OnText = (text: string) => void | Promise<void>;

/**
 * Hands on what is written to a file until its writer has ended, in pieces of at most 64 KiB: a log of any size
 * takes the same memory.
 * @param onText the next piece is not read before what it returns has settled
 * @param backlogBytes where more than this has been written and not yet been handed on, because it is taken too
 * slowly, the older half of that is left out, and a line says so
 * @throws the file system's error
 */
export async function followFile(
  path: string,
  ended: Promise<unknown>,
  onText: OnText,
  backlogBytes = Infinity,
): Promise<void> {
  let hasEnded = false;
  const noteEnd = async (): Promise<void> => {
    await ended;
    hasEnded = true;
  };
  const end = noteEnd();
  const file = await open(path);
  try {
    const reader = new PieceReader(file, onText, backlogBytes);
    for (;;) {
      // Read once more after the end: the last piece may have come between.
      const isLast = hasEnded;
      await reader.readOn();
      if (isLast) break;
      await Promise.race([end, setTimeout(PAUSE_MILLISECONDS, undefined, { ref: false })]);
    }
    await reader.finish();
  } finally {
    await file.close();
  }
}

class PieceReader {
  private readonly buffer = Buffer.allocUnsafe(PIECE_BYTES);
  private decoder = new StringDecoder('utf8');
  private position = 0;

  constructor(
    private readonly file: FileHandle,
    private readonly onText: OnText,
    private readonly backlogBytes: number,
  ) {}

  /** Reads to the present end of the file. */
  async readOn(): Promise<void> {
    for (;;) {
      await this.skipBacklog();
      const { bytesRead } = await this.file.read(this.buffer, 0, PIECE_BYTES, this.position);
      if (bytesRead === 0) return;
      this.position += bytesRead;
      await this.handOn(this.decoder.write(this.buffer.subarray(0, bytesRead)));
      // Whoever takes it may do so without ever waiting; Ctrl+C is to be heard all the same.
      await setImmediate();
    }
  }

  async finish(): Promise<void> {
    await this.handOn(this.decoder.end());
  }

  private async skipBacklog(): Promise<void> {
    if (this.backlogBytes === Infinity) return;
    const { size } = await this.file.stat();
    if (size - this.position <= this.backlogBytes) return;
    const next = await this.nextLine(size - Math.floor(this.backlogBytes / 2));
    const skipped = next - this.position;
    this.position = next;
    this.decoder = new StringDecoder('utf8');
    await this.handOn(`\n[${formatCount(skipped, 'byte')} left out here; they are in the log]\n`);
  }

  /** Where the line after this place begins, if that is near. */
  private async nextLine(place: number): Promise<number> {
    const { bytesRead } = await this.file.read(this.buffer, 0, PIECE_BYTES, place);
    return place + this.buffer.subarray(0, bytesRead).indexOf(0x0a) + 1;
  }

  private async handOn(text: string): Promise<void> {
    if (text !== '') await this.onText(text);
  }
}
