import type { Disposable } from '../base/disposable';
import type { StageStates } from './stageStates';

const TICK_MS = 1000;
/** A run whose host was killed leaves no event behind: only looking again tells that it is lost. */
const TICKS_TO_REFRESH = 5;

/** Ticks while a stage is running, for elapsed times; while nothing runs there is no timer. */
export class RunningClock implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;

  constructor(
    private readonly states: StageStates,
    private readonly onTick: () => void,
    private readonly onRefresh: () => void,
  ) {}

  /** Starts or stops the clock, as the status says. */
  update(): void {
    if (!this.states.isAnyRunning) this.dispose();
    else this.timer ??= setInterval(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    this.ticks += 1;
    this.onTick();
    if (this.ticks % TICKS_TO_REFRESH === 0) this.onRefresh();
  }

  dispose(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
