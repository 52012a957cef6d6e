import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Disposable } from '../base/disposable';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { CatFileParser, type CatFileAnswer } from './catFileParser';
import type { Repository } from './repository';
import { explainExit, explainSpawnError, spawnGit, type PipedProcess } from './runGit';

/** Objects that `read` keeps in memory; larger ones go to a file by `writeBlobTo`. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** How many questions git has at once: enough to hide the way, few enough to bound the memory. */
const MAX_IN_FLIGHT = 64;

/** The disk, or a user's share of it, or a limit on the size of files. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

interface Question {
  readonly spec: string;
  readonly answer: (result: Result<Buffer | undefined>) => void;
}

/**
 * Reads objects through one long-lived `git cat-file --batch`, started by the first read. It reads the index once:
 * ask for staged content by the hashes of `listIndex`, not by `:path`.
 */
export class ObjectReader implements Disposable {
  private readonly repository: Repository;
  private child: PipedProcess | undefined;
  private readonly waiting: Question[] = [];
  private inFlight: Question[] = [];
  private disposed = false;

  constructor(repository: Repository) {
    this.repository = repository;
  }

  /**
   * The content of an object: a hash, or `<commit>:<path>`. Undefined where there is none. Problems
   * `object-too-large`, `git-missing`, `git-failed`; where git was killed, the next read starts another.
   */
  read(spec: string): Promise<Result<Buffer | undefined>> {
    if (this.disposed) return Promise.resolve(failed(readerClosed()));
    // The protocol is one line per question.
    if (spec.includes('\n')) return Promise.resolve(ok(undefined));
    return new Promise((answer) => {
      this.waiting.push({ spec, answer });
      // Reads of the same moment go out together.
      queueMicrotask(() => this.ask());
    });
  }

  /**
   * Streams a blob of any size into a file, which appears only when it is whole; makes missing folders.
   * Problems as `read`, and `file-unwritable`.
   */
  async writeBlobTo(oid: string, path: string): Promise<Result<void>> {
    const args = ['cat-file', 'blob', oid];
    const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
    let child: PipedProcess | undefined;
    try {
      await mkdir(dirname(path), { recursive: true });
      child = spawnGit(this.repository.root, args);
      const ending = endOf(child, args, this.repository.root);
      child.stdin.end();
      // Without a wait since the start: Node drops what an ended process wrote and nobody reads yet.
      await pipeline(child.stdout, createWriteStream(temporary));
      const problem = await ending;
      if (problem === undefined) await rename(temporary, path);
      return problem === undefined ? ok(undefined) : failed(problem);
    } catch (error) {
      child?.kill();
      const { code, message } = error as NodeJS.ErrnoException;
      return failed({
        code: 'file-unwritable',
        message: `Cannot write ${path}: ${message}.`,
        ...(FULL.has(code ?? '') ? { fix: 'Free disk space there.' } : {}),
      });
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Ends git; reads that wait get a problem. */
  dispose(): void {
    this.disposed = true;
    this.child?.kill();
    this.child = undefined;
    this.fail(readerClosed());
  }

  /** Asks in groups, since every write is a call of the system. */
  private ask(): void {
    if (this.waiting.length === 0 || this.inFlight.length > MAX_IN_FLIGHT / 2) return;
    const child = this.child ?? this.start();
    const asked = this.waiting.splice(0, MAX_IN_FLIGHT - this.inFlight.length);
    this.inFlight.push(...asked);
    child.stdin.write(asked.map(({ spec }) => `${spec}\n`).join(''));
  }

  private start(): PipedProcess {
    const args = ['cat-file', '--batch'];
    const child = spawnGit(this.repository.root, args);
    this.child = child;
    const parser = new CatFileParser(MAX_OBJECT_BYTES, (answer) => {
      const question = this.inFlight.shift();
      question?.answer(toResult(question.spec, answer));
      this.ask();
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.child === child) parser.push(chunk);
    });
    void this.watch(child, endOf(child, args, this.repository.root));
    return child;
  }

  private async watch(child: PipedProcess, ending: Promise<Problem | undefined>): Promise<void> {
    const problem = await ending;
    if (this.child !== child) return;
    this.child = undefined;
    this.fail(problem ?? { code: 'git-failed', message: 'git cat-file ended unexpectedly.' });
  }

  private fail(problem: Problem): void {
    const lost = [...this.inFlight, ...this.waiting.splice(0)];
    this.inFlight = [];
    for (const { answer } of lost) answer(failed(problem));
  }
}

function toResult(spec: string, answer: CatFileAnswer): Result<Buffer | undefined> {
  if (answer.kind === 'object') return ok(answer.content);
  if (answer.kind === 'missing') return ok(undefined);
  return failed({
    code: 'object-too-large',
    message: `${spec} has ${answer.size} bytes, more than fit into memory here.`,
  });
}

/** Why a process ended; undefined where it ended well. */
function endOf(
  child: PipedProcess,
  args: readonly string[],
  cwd: string,
): Promise<Problem | undefined> {
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // The exit code says more than a broken pipe.
  child.stdin.on('error', () => undefined);
  return new Promise((settle) => {
    child.on('error', (error) => settle(explainSpawnError(error, cwd)));
    child.on('close', (code, killer) =>
      settle(
        code === 0 ? undefined : explainExit(args, Buffer.concat(errors), code ?? killer ?? ''),
      ),
    );
  });
}

function readerClosed(): Problem {
  return { code: 'reader-closed', message: 'The reader of git objects was closed.' };
}
