import type { Stage } from '../../project/project';
import type { RunEvent, StageRun } from '../../pipeline/run/stageRun';
import type { Terminal } from '../terminal';
import { describeEvent } from './describeEvent';
import { LineSplitter } from './lineSplitter';
import { LiveScreen } from './liveScreen';
import { describeInterrupt, type RunView } from './runView';
import { cleanOutput } from './stageOutput';
import { formatStageTable, type TableRow } from './stageTable';
import { TrainingDetails } from './trainingDetails';

export interface LiveOptions {
  readonly stages: readonly Stage[];
  readonly terminal: Terminal;
  readonly stdout: NodeJS.WriteStream;
  /** Whether lines of output say whose they are. */
  readonly prefixed: boolean;
}

interface LiveStage {
  readonly splitter: LineSplitter;
  /** Milliseconds since the epoch. */
  readonly started: number;
  lastLine: string;
}

const PAUSE_MILLISECONDS = 50;
const TICK_MILLISECONDS = 500;

/** A table of the stages that stays at the bottom of the terminal, below their output. */
export class LiveView implements RunView {
  private readonly screen: LiveScreen;
  private readonly running = new Map<string, LiveStage>();
  private readonly finished = new Map<string, StageRun>();
  private readonly trainings: TrainingDetails;
  private readonly ticker: NodeJS.Timeout;
  private drawing: NodeJS.Timeout | undefined;
  private footer: string | undefined;

  constructor(private readonly options: LiveOptions) {
    this.screen = new LiveScreen(options.stdout, (size) => this.table(size));
    this.trainings = new TrainingDetails(options.stages);
    this.ticker = setInterval(() => this.draw(), TICK_MILLISECONDS);
    this.ticker.unref();
    options.stdout.on('resize', this.draw);
  }

  show(event: RunEvent): void {
    if (event.type === 'output') {
      this.showOutput(event.stage, event.data);
      return;
    }
    if (event.type === 'started') {
      this.trainings.begin(event);
      const splitter = new LineSplitter();
      this.running.set(event.stage, { splitter, started: event.time, lastLine: '' });
    }
    if (event.type === 'finished') this.finish(event.run);
    this.screen.print(`${describeEvent(event, this.options.terminal)}\n`);
    this.drawSoon();
  }

  interrupted(count: number): void {
    this.footer = this.options.terminal.paint('yellow', describeInterrupt(count));
    this.draw();
  }

  close(): void {
    clearInterval(this.ticker);
    clearTimeout(this.drawing);
    this.options.stdout.off('resize', this.draw);
    this.screen.close();
  }

  private showOutput(id: string, data: string): void {
    const stage = this.running.get(id);
    if (stage === undefined) return;
    const lines = stage.splitter.push(data);
    stage.lastLine = lines.findLast((line) => line.trim() !== '') ?? stage.lastLine;
    if (lines.length > 0) {
      this.screen.print(lines.map((line) => this.outputLine(id, line)).join(''));
    }
    this.drawSoon();
  }

  private outputLine(stage: string, line: string): string {
    const { prefixed, terminal } = this.options;
    const prefix = prefixed ? terminal.paint('dim', `${cleanOutput(stage)} | `) : '';
    return `${prefix}${cleanOutput(line)}\n`;
  }

  private finish(run: StageRun): void {
    const stage = this.running.get(run.stage);
    if (stage?.splitter.hasOpen === true) {
      this.screen.print(this.outputLine(run.stage, stage.splitter.end()));
    }
    this.running.delete(run.stage);
    this.finished.set(run.stage, run);
  }

  private drawSoon(): void {
    this.drawing ??= setTimeout(this.draw, PAUSE_MILLISECONDS);
  }

  private readonly draw = (): void => {
    clearTimeout(this.drawing);
    this.drawing = undefined;
    this.screen.draw();
  };

  private table({ columns, rows }: { readonly columns: number; readonly rows: number }) {
    // Half of the terminal is for the output, where there are many stages.
    const size = { columns, lines: Math.max(1, Math.floor(rows / 2)) };
    const { terminal } = this.options;
    const lines = formatStageTable(this.rows(), size, (name, text) => terminal.paint(name, text));
    return this.footer === undefined ? lines : [...lines, this.footer];
  }

  private rows(): readonly TableRow[] {
    return this.options.stages.map(({ id }) => {
      const run = this.finished.get(id);
      if (run !== undefined) {
        const seconds = run.log === null ? undefined : run.seconds;
        return { stage: id, state: run.status, seconds, detail: run.reason ?? '' };
      }
      const live = this.running.get(id);
      if (live === undefined)
        return { stage: id, state: 'waiting', seconds: undefined, detail: '' };
      const detail = this.trainings.of(id) ?? (live.splitter.open || live.lastLine);
      return { stage: id, state: 'running', seconds: (Date.now() - live.started) / 1000, detail };
    });
  }
}
