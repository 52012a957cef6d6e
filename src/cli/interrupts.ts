import type { ExitCode } from './command';

/** Ctrl+C, a request to terminate, a closed terminal: the first asks for an end in order, the next ones insist. */
export class Interrupts {
  private readonly first = new AbortController();
  private readonly second = new AbortController();
  private readonly third = new AbortController();
  private last: NodeJS.Signals | undefined;
  private isInsisting = false;
  private readonly listeners: ((count: number) => void)[] = [];

  /** Aborted by the first one. */
  readonly signal = this.first.signal;

  /** For a command that goes on until what it has started is gone; any other is ended by the second one. */
  insist(): { readonly terminate: AbortSignal; readonly kill: AbortSignal } {
    this.isInsisting = true;
    return { terminate: this.second.signal, kill: this.third.signal };
  }

  onInterrupt(listener: (count: number) => void): void {
    this.listeners.push(listener);
  }

  listen(): void {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => this.interrupt(name));
    }
  }

  /** 128 and the number of the signal, as a shell has it (POSIX, sh, exit status for commands). */
  get exitCode(): ExitCode {
    if (this.last === 'SIGTERM') return 143;
    return this.last === 'SIGHUP' ? 129 : 130;
  }

  private interrupt(name: NodeJS.Signals): void {
    this.last ??= name;
    if (!this.first.signal.aborted) this.tell(this.first, 1);
    else if (!this.isInsisting) process.exit(this.exitCode);
    else if (!this.second.signal.aborted) this.tell(this.second, 2);
    else this.tell(this.third, 3);
  }

  private tell(controller: AbortController, count: number): void {
    controller.abort();
    for (const listener of this.listeners) listener(count);
  }
}
