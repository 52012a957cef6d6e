import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { FileLock } from './fileLock';
import {
  parseLedgerEvent,
  type FinishedEvent,
  type LedgerEvent,
  type StartedEvent,
} from './ledgerEvent';

export function ledgerPath(stateFolder: string): string {
  return join(stateFolder, 'runs.jsonl');
}

/** The last of those who wait for a ledger in this process: a file that is polled is no queue. */
const turns = new Map<string, Promise<void>>();

/** Keeps appending and rewriting apart, among processes too. */
export async function withLedgerLock(
  stateFolder: string,
  work: () => Promise<void>,
): Promise<void> {
  const turn = takeTurn(turns.get(stateFolder), stateFolder, work);
  // Whoever comes next waits for the end, not for the success.
  const settled = turn.catch(() => undefined);
  turns.set(stateFolder, settled);
  try {
    await turn;
  } finally {
    if (turns.get(stateFolder) === settled) turns.delete(stateFolder);
  }
}

async function takeTurn(
  previous: Promise<void> | undefined,
  stateFolder: string,
  work: () => Promise<void>,
): Promise<void> {
  await previous;
  const lock = await FileLock.acquire(join(stateFolder, 'locks', 'ledger.lock'));
  try {
    await work();
  } finally {
    await lock.release();
  }
}

/**
 * Adds one event.
 * @throws the file system's error
 */
export async function appendToLedger(stateFolder: string, event: LedgerEvent): Promise<void> {
  await withLedgerLock(stateFolder, async () => {
    const file = await open(ledgerPath(stateFolder), 'a+');
    try {
      const separator = (await endsInLine(file)) ? '' : '\n';
      await file.writeFile(`${separator}${JSON.stringify(event)}\n`);
    } finally {
      await file.close();
    }
  });
}

/** False after a write that a kill cut short: the next event must not be lost with that one. */
async function endsInLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

/** One run of one stage: what the ledger has of it. */
export interface LedgerEntry {
  readonly start: StartedEvent;
  readonly end: FinishedEvent | undefined;
}

/** Reads the ledger, and after that only what has been added to it. */
export class LedgerFile {
  private inode = -1n;
  /** Bytes that have been read, up to the end of a line. */
  private offset = 0;
  private entries = new Map<string, LedgerEntry>();

  constructor(private readonly stateFolder: string) {}

  /**
   * Every recorded run, oldest first. A ledger that does not exist is empty; lines that cannot be read are left out.
   * @throws the file system's error
   */
  async read(): Promise<readonly LedgerEntry[]> {
    const file = await open(ledgerPath(this.stateFolder)).catch(noneIfMissing);
    if (file === undefined) {
      this.forget(-1n);
      return [];
    }
    try {
      const { ino, size } = await file.stat({ bigint: true });
      if (ino !== this.inode || size < this.offset) this.forget(ino);
      await this.readOn(file, Number(size));
    } catch (error) {
      throw withPath(error, ledgerPath(this.stateFolder));
    } finally {
      await file.close();
    }
    return [...this.entries.values()];
  }

  private forget(inode: bigint): void {
    this.inode = inode;
    this.offset = 0;
    this.entries = new Map();
  }

  private async readOn(file: FileHandle, size: number): Promise<void> {
    if (size <= this.offset) return;
    const buffer = Buffer.alloc(size - this.offset);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, this.offset);
    const added = buffer.subarray(0, bytesRead);
    // A last line without an end may be one that is being written: it is read again the next time.
    this.offset += added.lastIndexOf(0x0a) + 1;
    for (const line of added.toString('utf8').split('\n')) this.add(parseLedgerEvent(line));
  }

  private add(event: LedgerEvent | undefined): void {
    if (event === undefined) return;
    const key = `${event.run}\n${event.stage}`;
    const known = this.entries.get(key);
    if (event.event === 'started') this.entries.set(key, { start: event, end: known?.end });
    else if (known !== undefined) this.entries.set(key, { ...known, end: event });
  }
}

/** Errors of reading do not say what was read. */
function withPath(error: unknown, path: string): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return Object.assign(new Error(`${message} '${path}'`), { code, syscall, path });
}

function noneIfMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
