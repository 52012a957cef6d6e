import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Disposable } from '../../base/disposable';
import type { Problem } from '../../base/problem';
import { failed, type Result } from '../../base/result';
import type { EngineCommand } from './engineCommand';
import {
  filesOf,
  type AnswerOf,
  type EngineProgress,
  type EngineRequest,
  type FromEngine,
  type ToEngine,
} from './engineProtocol';

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
}

/** How long an interrupted query may take to end before its process is killed, in milliseconds. */
const PATIENCE = 2000;

const STDERR_KEPT = 2000;

/**
 * The host's side of the data engine. The process starts with the first request, is kept for the next ones, and is
 * replaced when it was lost; requests are answered one after the other. Dispose it to end the process.
 */
export class DataEngine implements Disposable {
  private child: ChildProcess | undefined;
  private stderr = '';
  private last: Promise<unknown> = Promise.resolve();
  private disposed = false;

  private constructor(private readonly command: EngineCommand) {}

  /** Costs nothing yet; the process starts with the first request. */
  static start(command: EngineCommand): DataEngine {
    return new DataEngine(command);
  }

  /**
   * Problems: those of the data, with file and line; `cancelled`; `engine-lost` when the process ended on its own.
   */
  ask<Request extends EngineRequest>(
    request: Request,
    options: AskOptions = {},
  ): Promise<Result<AnswerOf<Request>>> {
    const result = this.last.then(() => this.askNow(request, options));
    this.last = result;
    return result;
  }

  /** The process ends itself when its channel closes, and takes its temporary files with it. */
  dispose(): void {
    this.disposed = true;
    const { child } = this;
    this.child = undefined;
    if (child === undefined || !child.connected) return;
    child.disconnect();
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE).unref();
    child.once('exit', () => clearTimeout(patience));
  }

  /** The process's id, while there is one. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  private askNow<Request extends EngineRequest>(
    request: Request,
    { signal, onProgress }: AskOptions,
  ): Promise<Result<AnswerOf<Request>>> {
    if (signal?.aborted === true || this.disposed) {
      return Promise.resolve(failed(cancellation(request)));
    }
    const child = (this.child ??= this.startProcess());
    return new Promise((resolve) => {
      let patience: NodeJS.Timeout | undefined;
      const finish = (result: Result<AnswerOf<Request>>) => {
        clearTimeout(patience);
        signal?.removeEventListener('abort', onAbort);
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        resolve(result);
      };
      const onMessage = (message: FromEngine) => {
        if (message.type === 'progress') onProgress?.(message.progress);
        // What was cancelled stays so, also where the engine was done before it heard of it.
        else if (message.type === 'done')
          finish(
            signal?.aborted === true
              ? failed(cancellation(request))
              : // The answer to a request is of its type, and one is under way at a time.
                (message.result as Result<AnswerOf<Request>>),
          );
      };
      const onAbort = () => {
        send(child, { type: 'cancel' });
        patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      };
      const onExit = (code: number | null, killedBy: string | null) => {
        if (this.child === child) this.child = undefined;
        const ended = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
        const isWanted = signal?.aborted === true || this.disposed;
        finish(failed(isWanted ? cancellation(request) : this.lost(request, ended)));
      };
      const onError = (error: Error) => {
        if (this.child === child) this.child = undefined;
        finish(failed(this.lost(request, error.message)));
      };
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      signal?.addEventListener('abort', onAbort);
      send(child, { type: 'request', request });
    });
  }

  private startProcess(): ChildProcess {
    const child = fork(this.command.file, {
      execArgv: [...this.command.execArgv],
      serialization: 'advanced',
      // Under Electron the executable is the editor itself.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    let folder: string | undefined;
    child.on('message', (message: FromEngine) => {
      if (message.type === 'started') folder = message.folder;
    });
    child.once('exit', () => {
      if (this.child === child) this.child = undefined;
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });
    return child;
  }

  private lost(request: EngineRequest, ended: string): Problem {
    const said = /^\w*Error\b.*$/m.exec(this.stderr)?.[0];
    const [file] = filesOf(request);
    return {
      code: 'engine-lost',
      message: `The data engine stopped while reading ${request.dataset} (${ended}${said === undefined ? '' : `; ${said}`}).`,
      ...(file === undefined ? {} : { file: file.shown }),
      fix: 'Validate again; a new engine is started. If it stops again, free memory or validate fewer rows.',
    };
  }
}

function send(child: ChildProcess, message: ToEngine): void {
  // A child that is gone tells so by its exit.
  child.send(message, () => {});
}

function cancellation({ dataset }: EngineRequest): Problem {
  return { code: 'cancelled', message: `Reading ${dataset} was cancelled.` };
}
