import { showControls } from '../../base/escape';
import type { RunEvent } from '../../pipeline/run/stageRun';
import type { Terminal } from '../terminal';
import { describeEvent } from './describeEvent';
import { LineSplitter } from './lineSplitter';
import { describeInterrupt, type RunView } from './runView';

/**
 * Lines, one after the other: for pipes, CI, and terminals that cannot do more. Where stages run at once, each line
 * says whose it is; else a stage's output is handed on as it comes.
 */
export class PlainView implements RunView {
  private readonly splitters = new Map<string, LineSplitter>();
  /** Whether the last piece of output did not end its line. */
  private isWithinLine = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly write: (text: string) => void,
    private readonly prefixed: boolean,
  ) {}

  show(event: RunEvent): void {
    if (event.type === 'output') {
      this.showOutput(event.stage, event.data);
      return;
    }
    if (event.type === 'finished') this.endLine(event.run.stage);
    this.writeLine(describeEvent(event, this.terminal));
  }

  interrupted(count: number): void {
    this.writeLine(this.terminal.paint('yellow', describeInterrupt(count)));
  }

  close(): void {
    for (const stage of this.splitters.keys()) this.endLine(stage);
  }

  private showOutput(stage: string, data: string): void {
    if (!this.prefixed) {
      // What a stage prints belongs to the user's terminal as it is.
      this.write(data);
      this.isWithinLine = !data.endsWith('\n');
      return;
    }
    let splitter = this.splitters.get(stage);
    if (splitter === undefined) this.splitters.set(stage, (splitter = new LineSplitter()));
    const lines = splitter.push(data);
    if (lines.length > 0) this.write(lines.map((line) => prefixLine(stage, line)).join(''));
  }

  private endLine(stage: string): void {
    const splitter = this.splitters.get(stage);
    if (splitter?.hasOpen === true) this.write(prefixLine(stage, splitter.end()));
  }

  private writeLine(line: string): void {
    this.write(`${this.isWithinLine ? '\n' : ''}${line}\n`);
    this.isWithinLine = false;
  }
}

function prefixLine(stage: string, line: string): string {
  return `${showControls(stage)} | ${line.replace(/\r+$/, '').split('\r').at(-1) ?? ''}\n`;
}
