import { expandInput, listKnown, type JobFile } from './expandInput';
import { applyWildcards, type WildcardValues } from './wildcards';
import { ProducerIndex, wildcardsFor } from './ruleProducts';
import type { Rule, RuleItem, Workflow } from './workflow';

/** One run of a rule, for certain values of its wildcards. */
export interface Job {
  readonly id: string;
  readonly rule: Rule;
  readonly wildcards: WildcardValues;
  readonly input: readonly JobFile[];
  /** Why not all of its input is known. */
  readonly unknownInput: string | undefined;
  readonly output: readonly JobFile[];
  readonly benchmark: readonly JobFile[];
  /** By the input files that other jobs make. */
  readonly producers: ReadonlyMap<string, Job>;
}

/** What a workflow would run for its targets, were nothing there. */
export interface JobGraph {
  /** Each after those that it reads from. */
  readonly jobs: readonly Job[];
  readonly targets: readonly Job[];
  /** Why there may be more jobs than these. */
  readonly gaps: readonly string[];
  /** Jobs that cannot be run, because nothing makes what they read. */
  readonly impossible: ReadonlyMap<
    string,
    { readonly rule: Rule; readonly missing: readonly string[] }
  >;
}

/** What is known besides the workflow. Paths are relative to its working folder. */
export interface JobSources {
  exists(path: string): boolean;
  /** What a file was made of last time, where the inputs of its job cannot be told. */
  recordedInput?(output: string): readonly string[] | undefined;
}

/** More jobs than this are not listed one by one. */
const MOST_JOBS = 20_000;

/** Jobs that wait for each other in a row, before the last one is made by itself. */
const DEEPEST = 300;

/** Says which file is to be looked at first. */
class TooDeep extends Error {
  constructor(
    readonly file: string,
    readonly wanted: WildcardValues,
  ) {
    super(file);
  }
}

/** @param targets files, or names of rules without wildcards */
export function deriveJobs(
  workflow: Workflow,
  targets: readonly string[],
  sources: JobSources,
): JobGraph {
  return new JobDeriver(workflow, sources).derive(targets);
}

/** Why a file has no producer: the files that nothing makes; `isCycle` where it would depend on itself. */
interface Failure {
  readonly missing: readonly string[];
  readonly isCycle: boolean;
  readonly rule?: Rule;
}

type Found = { readonly job: Job | undefined } | Failure;

class JobDeriver {
  private readonly jobs = new Map<string, Job>();
  private readonly gaps = new Set<string>();
  private readonly impossible = new Map<string, { rule: Rule; missing: readonly string[] }>();
  private readonly underWay = new Set<string>();
  private readonly known = new Map<string, Found>();
  private readonly index: ProducerIndex;

  constructor(
    private readonly workflow: Workflow,
    private readonly sources: JobSources,
  ) {
    for (const gap of workflow.gaps) this.gaps.add(gap);
    this.index = new ProducerIndex(workflow);
  }

  derive(targets: readonly string[]): JobGraph {
    const made: Job[] = [];
    for (const target of targets) {
      const rule = this.workflow.rules.get(target);
      const found = this.resolve(() =>
        rule === undefined ? this.producerOf(target, new Map()) : this.makeJob(rule, new Map()),
      );
      if (found !== undefined && 'job' in found && found.job !== undefined) made.push(found.job);
    }
    const reached = reachableJobs(made);
    return {
      // Jobs that were tried in vain are not among them.
      jobs: [...this.jobs.values()].filter((job) => reached.has(job)),
      targets: made,
      gaps: [...this.gaps],
      impossible: this.impossible,
    };
  }

  /** Long rows of jobs are taken from their ends: the call stack is shorter than they can be. */
  private resolve(find: () => Found): Found | undefined {
    const open = [{ file: '', find }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      try {
        const found = top.find();
        open.pop();
        if (open.length === 0) return found;
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        const { file, wanted } = error;
        if (open.some((one) => one.file === file)) {
          this.gaps.add(`${file} depends on itself`);
          return undefined;
        }
        open.push({ file, find: () => this.producerOf(file, wanted) });
      }
    }
    return undefined;
  }

  /** The job that makes a file; a failure where there are rules for it but none can be run. */
  private producerOf(file: string, wanted: WildcardValues): Found {
    const known = this.known.get(file);
    if (known !== undefined) return known;
    let failure: Failure | undefined;
    for (const rule of this.index.candidates(file)) {
      const wildcards = wildcardsFor(rule, file, wanted);
      if (wildcards === undefined) continue;
      const found = this.makeJob(rule, wildcards, file);
      if ('job' in found) {
        this.known.set(file, found);
        return found;
      }
      failure ??= found;
    }
    if (failure === undefined) {
      this.known.set(file, { job: undefined });
      return { job: undefined };
    }
    // A cycle is one for those on it only.
    if (!failure.isCycle) this.known.set(file, failure);
    return failure;
  }

  private makeJob(rule: Rule, wildcards: WildcardValues, file?: string): Found {
    const id = idOf(rule, wildcards);
    const known = this.jobs.get(id);
    if (known !== undefined) return { job: known };
    if (this.underWay.has(id)) return { missing: [], isCycle: true };
    if (this.jobs.size >= MOST_JOBS) {
      this.gaps.add(`it has more than ${MOST_JOBS} jobs`);
      return { job: undefined };
    }
    if (file !== undefined && this.underWay.size >= DEEPEST) throw new TooDeep(file, wildcards);
    this.underWay.add(id);
    try {
      return this.joinJob(rule, wildcards, id, file);
    } finally {
      this.underWay.delete(id);
    }
  }

  private joinJob(
    rule: Rule,
    wildcards: WildcardValues,
    id: string,
    file: string | undefined,
  ): Found {
    const output = expandItems(rule.output, wildcards);
    const { files: input, unknown } = this.inputOf(rule, wildcards, output);
    if (
      file !== undefined &&
      input.some((one) => one.path === file && !one.flags.has('before_update'))
    ) {
      return { missing: [], isCycle: true };
    }
    const producers = new Map<string, Job>();
    const missing: string[] = [];
    let isCycle = false;
    for (const { path, flags } of input) {
      if (producers.has(path) || flags.has('before_update')) continue;
      const found = this.producerOf(path, wildcards);
      if ('job' in found && found.job !== undefined) producers.set(path, found.job);
      else if (!this.sources.exists(path)) {
        missing.push(...('job' in found || found.missing.length === 0 ? [path] : found.missing));
        if (!('job' in found)) isCycle ||= found.isCycle;
      }
    }
    if (missing.length > 0) {
      this.impossible.set(id, { rule, missing });
      return { missing, isCycle, rule };
    }
    this.impossible.delete(id);
    const job: Job = {
      id,
      rule,
      wildcards,
      input,
      unknownInput: unknown,
      output,
      benchmark: expandItems(rule.benchmark, wildcards),
      producers,
    };
    this.jobs.set(id, job);
    return { job };
  }

  private inputOf(rule: Rule, wildcards: WildcardValues, output: readonly JobFile[]) {
    const { files, isKnown } = expandInput(rule.input, wildcards, this.workflow.interpreter);
    if (isKnown) return { files, unknown: undefined };
    const place = `${rule.source.file}:${rule.source.line}`;
    const unknown = `which files ${rule.name} reads cannot be told from ${place}`;
    this.gaps.add(unknown);
    const [first] = output;
    const recorded = first === undefined ? undefined : this.sources.recordedInput?.(first.path);
    const more = (recorded ?? []).filter((path) => !files.some((one) => one.path === path));
    return { files: [...files, ...listKnown(more)], unknown };
  }
}

function reachableJobs(targets: readonly Job[]): ReadonlySet<Job> {
  const reached = new Set(targets);
  for (const job of reached) for (const producer of job.producers.values()) reached.add(producer);
  return reached;
}

function idOf(rule: Rule, wildcards: WildcardValues): string {
  return JSON.stringify([rule.name, ...[...wildcards].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function expandItems(
  items: readonly RuleItem[],
  wildcards: WildcardValues,
): readonly JobFile[] {
  return items.flatMap((item) => {
    const path = item.kind === 'path' ? applyWildcards(item.path, wildcards) : undefined;
    return path === undefined || item.kind !== 'path' ? [] : [{ path, flags: item.flags }];
  });
}
