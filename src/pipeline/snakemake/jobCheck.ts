import { hashFile } from '../hashing/contentHash';
import type { StatusSources } from '../status/statusSources';
import { textOfValue } from '../../project/evaluate/pyText';
import { hasHole } from '../../project/evaluate/pyValue';
import { wildcardsObject } from '../../project/snakemake/expandInput';
import { formatTemplate } from '../../project/evaluate/formatText';
import { attributeOf } from '../../project/evaluate/members';
import { hole } from '../../project/evaluate/pyValue';
import type { Job } from '../../project/snakemake/jobs';
import { resolvePath } from '../../project/files/paths';
import type { Workflow } from '../../project/snakemake/workflow';
import { hasCodeChanged } from './codeChange';
import type { FileTimes } from './fileTimes';
import type { OutputRecord, SnakemakeRecords } from './metadata';
import { paramsOfJob } from './paramsOfJob';

/** What a job by itself says. */
export interface JobCheck {
  /** Why it has to run again, in words. */
  readonly reasons: readonly string[];
  /** What cannot be told. */
  readonly unknown: readonly string[];
}

/** The largest file whose content Snakemake compares, bytes (`--max-checksum-file-size`). */
const LARGEST_COMPARED = 1_000_000n;
/** The hash of no software environment at all. */
const NO_SOFTWARE = 'd41d8cd98f00b204e9800998ecf8427e';

/** Compares a job with what is on the disk and what Snakemake recorded. Source: `DAG.update_needrun`. */
export class JobChecker {
  constructor(
    private readonly workflow: Workflow,
    private readonly times: FileTimes,
    private readonly records: SnakemakeRecords,
    private readonly sources: StatusSources,
    /** Whether a profile may ask for software environments. */
    private readonly hasProfile: boolean,
  ) {}

  /** @param oldest when its oldest output was made; undefined where there is none */
  async check(job: Job, oldest: bigint | undefined): Promise<JobCheck> {
    const changed = oldest === undefined ? [] : await this.newerInput(job, oldest);
    if (changed.length > 0) return { reasons: changed, unknown: [] };
    const script = this.scriptChange(job);
    const records = job.output.map(({ path }) => this.records.of(path));
    const known = records.flatMap((record) => (record === undefined ? [] : [record]));
    // Without a record of each, or with old ones, only times count.
    if (known.length < records.length || known.some((record) => !record.isCurrent)) {
      return { reasons: script, unknown: unknownInput(job) };
    }
    return this.compare(job, known, script);
  }

  private async newerInput(job: Job, oldest: bigint): Promise<readonly string[]> {
    const reasons: string[] = [];
    for (const { path, flags } of job.input) {
      const time = this.times.of(path);
      if (time === undefined || flags.has('ancient') || time.contentChanged <= oldest) continue;
      if (await this.hasSameContent(path, job)) continue;
      reasons.push(`${path} changed after ${nameOutputs(job)}`);
    }
    return [...new Set(reasons)];
  }

  private async hasSameContent(path: string, job: Job): Promise<boolean> {
    const time = this.times.of(path);
    if (time === undefined || time.isFolder || time.size > LARGEST_COMPARED) return false;
    const sums = new Set(
      job.output.map((output) => this.records.of(output.path)?.checksums.get(path)),
    );
    const [only] = sums;
    if (sums.size !== 1 || only?.startsWith('sha256:') !== true) return false;
    const digest = await hashFile(this.times.absolute(path), 'sha256', this.sources.hashes);
    return digest !== null && only === `sha256:${digest}`;
  }

  /** Scripts and notebooks count by their time, against every output that is there. */
  private scriptChange(job: Job): readonly string[] {
    const path = this.scriptOf(job);
    const time = path === undefined ? undefined : this.times.of(path);
    if (path === undefined || time === undefined) return [];
    const isOlder = job.output.some((output) => {
      const made = this.times.of(output.path);
      return made !== undefined && made.contentChanged <= time.changed;
    });
    return isOlder ? [`${this.nameScript(path)} changed after ${nameOutputs(job)}`] : [];
  }

  /** Absolute. */
  private scriptOf(job: Job): string | undefined {
    const { action, folder } = job.rule;
    if (action?.kind !== 'script' && action?.kind !== 'notebook') return undefined;
    const written = formatTemplate(textOfValue(action.value), {
      positional: [],
      keywords: new Map([['wildcards', wildcardsObject(job.wildcards)]]),
      member: attributeOf,
      missing: () => hole(),
    });
    if (hasHole(written)) return undefined;
    const path = resolvePath(folder, written);
    return path === undefined ? written : `${this.sources.root}/${path}`;
  }

  private nameScript(path: string): string {
    const root = `${this.sources.root}/`;
    return path.startsWith(root) ? path.slice(root.length) : path;
  }

  private compare(job: Job, records: readonly OutputRecord[], script: readonly string[]): JobCheck {
    const params = this.paramsChange(job, records);
    const input = inputChange(job, records);
    const code = codeChange(job, records);
    const software = this.softwareChange(job, records);
    const parts = [params, input, code];
    return {
      reasons: [...script, ...parts.flatMap((part) => part.reasons), ...software],
      unknown: parts.flatMap((part) => part.unknown),
    };
  }

  private paramsChange(job: Job, records: readonly OutputRecord[]): JobCheck {
    const { values, isWhole } = paramsOfJob(job, this.workflow.interpreter);
    const before = new Set(records.flatMap((record) => record.params ?? [...values]));
    const added = [...values].filter((value) =>
      records.some((record) => record.params?.includes(value) === false),
    );
    const removed = isWhole ? [...before].filter((value) => !values.has(value)) : [];
    if (added.length > 0 || removed.length > 0) {
      const change = `${removed.join(', ') || 'nothing'} -> ${added.join(', ') || 'nothing'}`;
      return { reasons: [`the params changed: ${change}`], unknown: [] };
    }
    return { reasons: [], unknown: isWhole ? [] : ['the values of its params cannot be told'] };
  }

  private softwareChange(job: Job, records: readonly OutputRecord[]): readonly string[] {
    if (this.hasProfile || job.rule.hasSoftwareEnvironment) return [];
    const isOther = records.some(({ softwareHash = NO_SOFTWARE }) => softwareHash !== NO_SOFTWARE);
    return isOther ? ['it was run in a software environment that is not asked for now'] : [];
  }
}

function unknownInput(job: Job): readonly string[] {
  return job.unknownInput === undefined ? [] : [job.unknownInput];
}

function inputChange(job: Job, records: readonly OutputRecord[]): JobCheck {
  if (job.unknownInput !== undefined) return { reasons: [], unknown: [job.unknownInput] };
  const now = job.input.map(({ path, flags }) => (flags.has('pipe') ? '<pipe>' : path)).sort();
  for (const { input } of records) {
    if (input === undefined || input.join('\n') === now.join('\n')) continue;
    const added = now.filter((path) => !input.includes(path)).map((path) => `${path} is new`);
    const removed = input
      .filter((path) => !now.includes(path))
      .map((path) => `${path} is no longer one`);
    const changes = [...added, ...removed].slice(0, 5).join(', ');
    return {
      reasons: [`the set of inputs changed: ${changes || 'one is there more or less often'}`],
      unknown: [],
    };
  }
  return { reasons: [], unknown: [] };
}

function codeChange({ rule }: Job, records: readonly OutputRecord[]): JobCheck {
  const codes = new Set(records.flatMap((record) => record.code ?? []));
  const changes = new Set([...codes].map((code) => hasCodeChanged(rule, code)));
  const what = rule.action?.kind === 'shell' ? 'command' : 'code';
  if (changes.has(true)) return { reasons: [`the ${what} changed`], unknown: [] };
  return {
    reasons: [],
    unknown: changes.has(undefined) ? [`its ${what} cannot be told`] : [],
  };
}

function nameOutputs({ output, benchmark }: Job): string {
  const [first] = [...output, ...benchmark];
  const more = output.length > 1 ? ' and others' : '';
  return `${first?.path ?? 'the last run'}${more} ${output.length > 1 ? 'were' : 'was'} made`;
}
