import type { DuckDBConnection } from '@duckdb/node-api';
import type { EngineProgress } from './engineProtocol';

/** In milliseconds: as often as a person sees. */
const INTERVAL = 250;

/** What is left of a step for the queries after the one that runs. */
const REST = 0.5;

/** Where the steps of measuring begin, as shares of it. */
const STEPS = [0.4, 0.5, 0.8, 1] as const;

/** Where the next step begins, after the one that begins here. */
export function nextStep(done: number): number {
  return STEPS.find((step) => step > done) ?? 1;
}

/**
 * How far one request is, never less than was said before: at the steps of the work, and within each by what DuckDB says
 * of the query that runs, which may take most of the time.
 */
export class QueryProgress {
  private what = '';
  private shown = 0;
  /** Where the query that runs began. */
  private begun = 0;
  private next = 1;
  private last = 0;

  constructor(private readonly send: (progress: EngineProgress) => void) {}

  /** A step begins. @param next how far the request is when it ends */
  tell({ what, done }: EngineProgress, next: number): void {
    this.what = what;
    this.next = next;
    this.last = 0;
    this.show(Math.max(this.shown, done));
    this.begun = this.shown;
  }

  /** @param share of the query that runs, 0 to 1; where none runs, or it cannot tell, it is not above 0 */
  look(share: number): void {
    if (!(share > 0)) return;
    // Another query than before.
    if (share < this.last) this.begun = this.shown;
    this.last = share;
    const done = this.begun + (this.next - this.begun) * (1 - REST) * Math.min(1, share);
    if (done > this.shown) this.show(done);
  }

  /** Looks at the queries of a connection until what is returned is called. */
  follow(connection: DuckDBConnection): () => void {
    const timer = setInterval(() => this.look(connection.progress.percentage / 100), INTERVAL);
    timer.unref();
    return () => clearInterval(timer);
  }

  private show(done: number): void {
    this.shown = done;
    this.send({ what: this.what, done });
  }
}
