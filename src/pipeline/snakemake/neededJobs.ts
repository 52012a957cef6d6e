import type { Job, JobGraph } from '../../project/snakemake/jobs';
import type { FileTimes } from './fileTimes';
import type { JobCheck, JobChecker } from './jobCheck';

/** What Snakemake would do with a job. */
export interface JobVerdict extends JobCheck {
  readonly job: Job;
  /** Whether it would be run: by itself, or because of another job. */
  readonly isNeeded: boolean;
  /** Outputs that are needed and not there. */
  readonly missing: readonly string[];
}

/** Which jobs would be run, as `DAG.update_needrun` finds out. */
export class NeededJobs {
  private readonly depending = new Map<Job, Job[]>();
  private readonly oldest = new Map<Job, bigint | undefined>();
  private readonly missing = new Map<Job, Set<string>>();
  private readonly checks = new Map<Job, JobCheck>();
  private readonly needed = new Set<Job>();

  constructor(
    private readonly graph: JobGraph,
    private readonly times: FileTimes,
    private readonly checker: JobChecker,
  ) {
    for (const job of graph.jobs) this.depending.set(job, []);
    for (const job of graph.jobs) {
      for (const producer of new Set(job.producers.values()))
        this.depending.get(producer)?.push(job);
    }
  }

  async find(): Promise<readonly JobVerdict[]> {
    const { jobs } = this.graph;
    for (const job of jobs.toReversed()) this.oldest.set(job, this.oldestOutput(job));
    const masked = new Set<Job>();
    const queue: Job[] = [];
    for (const job of jobs) {
      const reasons = this.targetReasons(job);
      const check = await this.checker.check(job, this.oldest.get(job));
      const all = { reasons: [...reasons, ...check.reasons], unknown: check.unknown };
      this.checks.set(job, all);
      if (masked.has(job) || (all.reasons.length === 0 && !this.missing.has(job))) continue;
      queue.push(job);
      this.mask(job, masked);
    }
    this.spread(queue);
    return jobs.map((job) => this.verdictOf(job));
  }

  private verdictOf(job: Job): JobVerdict {
    const check = this.checks.get(job) ?? { reasons: [], unknown: [] };
    return {
      job,
      ...check,
      isNeeded: this.needed.has(job),
      missing: [...(this.missing.get(job) ?? [])],
    };
  }

  /** Of a job whose outputs are gone (they were temporary), the next one's outputs tell when it ran. */
  private oldestOutput(job: Job): bigint | undefined {
    const own = this.oldestOf(job);
    if (own !== undefined) return own;
    for (const next of this.depending.get(job) ?? []) {
      const time = this.oldest.get(next);
      if (time !== undefined) return time;
    }
    return undefined;
  }

  private oldestOf({ output, benchmark }: Job): bigint | undefined {
    const times = [...output, ...benchmark].flatMap(
      ({ path }) => this.times.of(path)?.changed ?? [],
    );
    return times.length === 0 ? undefined : times.reduce((a, b) => (a < b ? a : b));
  }

  /** What only the jobs of targets are looked at for. */
  private targetReasons(job: Job): readonly string[] {
    if (!this.graph.targets.includes(job)) return [];
    const products = [...job.output, ...job.benchmark].map(({ path }) => path);
    if (products.length > 0) {
      this.addMissing(job, products);
      return [];
    }
    if (job.rule.action !== undefined) return ['it has no output, so Snakemake always runs it'];
    const absent = job.input.filter(({ path }) => !this.times.exists(path));
    return absent.slice(0, 5).map(({ path }) => `${path} is missing`);
  }

  private addMissing(job: Job, files: Iterable<string>): boolean {
    const flags = new Map(job.output.map((output) => [output.path, output.flags]));
    const isMissing = (path: string): boolean =>
      !this.times.exists(path) ||
      flags.get(path)?.has('pipe') === true ||
      flags.get(path)?.has('service') === true;
    const absent = [...files].filter(isMissing);
    if (absent.length === 0) return false;
    const known = this.missing.get(job) ?? new Set<string>();
    for (const path of absent) known.add(path);
    this.missing.set(job, known);
    return true;
  }

  private mask(job: Job, masked: Set<Job>): void {
    const open = [...(this.depending.get(job) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (masked.has(next)) continue;
      masked.add(next);
      open.push(...(this.depending.get(next) ?? []));
    }
  }

  /** A job that runs needs its missing input made, and makes those run that read from it. */
  private spread(queue: Job[]): void {
    const seen = new Set(queue);
    const add = (job: Job): void => {
      if (seen.has(job)) return;
      seen.add(job);
      queue.push(job);
    };
    for (const job of queue) {
      this.needed.add(job);
      for (const [producer, files] of filesByProducer(job))
        if (this.addMissing(producer, files)) add(producer);
      for (const next of this.depending.get(job) ?? []) {
        const files = next.input.filter(({ path }) => next.producers.get(path) === job);
        const isAncient = files.every(
          ({ path, flags }) => flags.has('ancient') && this.times.exists(path),
        );
        if (!isAncient) add(next);
      }
    }
  }
}

function filesByProducer(job: Job): ReadonlyMap<Job, readonly string[]> {
  const files = new Map<Job, string[]>();
  for (const [file, producer] of job.producers) {
    const known = files.get(producer);
    if (known === undefined) files.set(producer, [file]);
    else known.push(file);
  }
  return files;
}
