import { spawn, type ChildProcess } from 'node:child_process';
import { stopProcessTree } from '../harness/childProcess';

export interface DapMessage {
  readonly type: 'request' | 'response' | 'event';
  readonly seq: number;
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * The editor's side of a debug session with the real adapter over its standard streams.
 * https://microsoft.github.io/debug-adapter-protocol/overview
 */
export class DebugClient {
  private readonly adapter: ChildProcess;
  private readonly received: DapMessage[] = [];
  private readonly terminals: ChildProcess[] = [];
  private buffer = Buffer.alloc(0);
  private sequence = 0;
  private wake: () => void = () => undefined;
  private stderr = '';

  constructor(python: string, env: NodeJS.ProcessEnv) {
    this.adapter = spawn(python, ['-m', 'debugpy.adapter'], { env, stdio: 'pipe' });
    this.adapter.stdout?.on('data', (chunk: Buffer) => this.receive(chunk));
    this.adapter.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** Sends a request without waiting. @returns its number */
  send(command: string, args: Readonly<Record<string, unknown>> = {}): number {
    const seq = ++this.sequence;
    this.write({ seq, type: 'request', command, arguments: args });
    return seq;
  }

  /** @throws where the adapter refuses */
  async request(
    command: string,
    args: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    return this.answer(this.send(command, args));
  }

  async answer(seq: number): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.wait((message) => message.request_seq === seq);
    if (response.success !== true) throw new Error(response.message ?? 'refused');
    return response.body ?? {};
  }

  async event(name: string): Promise<Readonly<Record<string, unknown>>> {
    return (await this.wait((message) => message.event === name)).body ?? {};
  }

  /** What the program wrote so far, as the adapter tells it. */
  get output(): string {
    return this.received
      .filter(({ event, body }) => event === 'output' && body?.['category'] === 'stdout')
      .map(({ body }) => String(body?.['output']))
      .join('');
  }

  async stop(): Promise<void> {
    for (const child of [...this.terminals, this.adapter]) await stopProcessTree(child);
  }

  private async wait(matches: (message: DapMessage) => boolean): Promise<DapMessage> {
    const deadline = Date.now() + 40_000;
    for (;;) {
      const found = this.received.find(matches);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No answer. ${this.stderr} ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  private receive(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      const length = /Content-Length: (\d+)/.exec(this.buffer.toString('latin1', 0, end))?.[1];
      const next = end + 4 + Number(length);
      if (end === -1 || this.buffer.length < next) break;
      const text = this.buffer.toString('utf8', end + 4, next);
      this.buffer = this.buffer.subarray(next);
      this.take(JSON.parse(text) as DapMessage);
    }
  }

  private take(message: DapMessage): void {
    this.received.push(message);
    if (message.type === 'request' && message.command === 'runInTerminal')
      this.runInTerminal(message);
    this.wake();
  }

  /** As the editor does it in its terminal: the adapter asks for the program to be started there. */
  private runInTerminal({ seq, arguments: asked }: DapMessage): void {
    const [program = '', ...args] = (asked?.['args'] ?? []) as readonly string[];
    const child = spawn(program, args, {
      cwd: asked?.['cwd'] as string,
      env: { ...process.env, ...(asked?.['env'] as NodeJS.ProcessEnv) },
      stdio: 'ignore',
    });
    this.terminals.push(child);
    const body = { processId: child.pid };
    const answer = { request_seq: seq, success: true, command: 'runInTerminal', body };
    this.write({ seq: ++this.sequence, type: 'response', ...answer });
  }

  private write(message: DapMessage): void {
    const text = JSON.stringify(message);
    this.adapter.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }
}
