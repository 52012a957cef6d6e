import { createHash } from 'node:crypto';
import type { Stage } from '../../project/project';
import type { OwnStatus } from '../status/ownStatus';
import type { StatusSources } from '../status/statusSources';
import type { JobVerdict } from './neededJobs';
import { readWorkflowStatus, type WorkflowStatus } from './workflowStatus';
import { entryOf } from '../../project/snakemake/workflowPlace';

/** The workflows of a project, each read once for all of its stages. */
export class SnakemakeFiles {
  private readonly workflows = new Map<string, Promise<WorkflowStatus | string>>();

  constructor(private readonly root: string) {}

  of(stage: Stage, sources: StatusSources): Promise<WorkflowStatus | string> {
    const entry = entryOf(stage);
    let status = this.workflows.get(entry);
    if (status === undefined) {
      status = readWorkflowStatus(this.root, entry, sources);
      this.workflows.set(entry, status);
    }
    return status;
  }
}

/** What `snakemake --dry-run` says of a rule, from its records and the times of files alone. */
export async function readSnakemakeStatus(
  stage: Stage,
  sources: StatusSources,
): Promise<OwnStatus> {
  const status = await sources.once(SnakemakeFiles).of(stage, sources);
  if (typeof status === 'string') return { status: 'unknown', reasons: [status] };
  return joinVerdicts(stage, status);
}

const MOST_REASONS = 8;

function joinVerdicts(stage: Stage, status: WorkflowStatus): OwnStatus {
  const verdicts = status.verdicts.get(stage.name) ?? [];
  const gap = status.gaps.get(stage.name);
  const lack = describeLack(status.impossible.get(stage.name));
  const incomplete = verdicts.flatMap(({ job }) =>
    job.output.filter(({ path }) => status.records.isIncomplete(path) && status.times.exists(path)),
  );
  if (incomplete.length > 0) {
    const reasons = incomplete.map(
      ({ path }) => `${path} is incomplete: the run that was to make it was interrupted`,
    );
    return { status: 'failed', reasons: shorten(reasons) };
  }
  const reasons = verdicts.flatMap(reasonsOf);
  const unknown = [...new Set(verdicts.flatMap((verdict) => verdict.unknown))];
  if (verdicts.length === 0) return withoutJobs(stage, gap, lack);
  if (reasons.length > 0) {
    const isNew = verdicts.every((verdict) => isNeverRun(verdict, status));
    return { status: isNew ? 'never-run' : 'stale', reasons: shorten([...lack, ...reasons]) };
  }
  if (lack.length > 0) return { status: 'unknown', reasons: lack };
  if (unknown.length > 0) return { status: 'unknown', reasons: shorten(unknown) };
  if (gap !== undefined)
    return { status: 'unknown', reasons: [`there may be more jobs of it: ${gap}`] };
  return { status: 'fresh', reasons: [] };
}

function describeLack(missing: readonly string[] | undefined): readonly string[] {
  return [...new Set(missing)]
    .slice(0, 3)
    .map((path) => `${path} is missing, and no rule makes it`);
}

function withoutJobs(stage: Stage, gap: string | undefined, lack: readonly string[]): OwnStatus {
  if (lack.length > 0) {
    return { status: 'unknown', reasons: [...lack] };
  }
  if (gap !== undefined)
    return { status: 'unknown', reasons: [`which jobs it has cannot be told: ${gap}`] };
  if (stage.onRequest === true) {
    return { status: 'never-run', reasons: ['no run of it is recorded, and no target needs it'] };
  }
  return { status: 'unknown', reasons: ['which jobs it has cannot be told'] };
}

/** A job that only runs because of another one is blocked by that, which the graph of stages shows. */
function reasonsOf({ missing, reasons, isNeeded, job }: JobVerdict): readonly string[] {
  if (!isNeeded) return [];
  const absent = missing.map((path) => `${path} is missing`);
  const about =
    job.wildcards.size === 0
      ? ''
      : ` (${[...job.wildcards].map(([name, value]) => `${name}=${value}`).join(', ')})`;
  return [
    ...absent,
    ...reasons.map((reason) => (reason.startsWith('the ') ? `${reason}${about}` : reason)),
  ];
}

function isNeverRun({ job }: JobVerdict, { records, times }: WorkflowStatus): boolean {
  if (job.output.length === 0) return false;
  return job.output.every(({ path }) => records.of(path) === undefined && !times.exists(path));
}

function shorten(reasons: readonly string[]): readonly string[] {
  const unique = [...new Set(reasons)];
  if (unique.length <= MOST_REASONS) return unique;
  return [...unique.slice(0, MOST_REASONS), `and ${unique.length - MOST_REASONS} more reasons`];
}

/** Digest of what Snakemake recorded for the jobs of a rule, and when; null where there is no record. */
export async function digestRecords(stage: Stage, sources: StatusSources): Promise<string | null> {
  const status = await sources.once(SnakemakeFiles).of(stage, sources);
  if (typeof status === 'string') return null;
  const outputs = (status.verdicts.get(stage.name) ?? []).flatMap(({ job }) => job.output);
  const known = outputs.flatMap(({ path }) => {
    const record = status.records.of(path);
    return record === undefined ? [] : [[path, record.endTime, [...record.checksums]]];
  });
  return known.length === 0
    ? null
    : createHash('sha256').update(JSON.stringify(known)).digest('hex');
}
