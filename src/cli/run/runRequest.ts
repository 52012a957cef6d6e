import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { parseSetValues } from '../../pipeline/parameters/setValues';
import type { SetValue } from '../../pipeline/tools/stageTool';
import type { Arguments } from '../arguments';

/** What was asked for, checked. */
export interface RunRequest {
  /** Ids or names of stages; none is the whole pipeline. */
  readonly targets: readonly string[];
  readonly jobs: number;
  readonly force: boolean;
  readonly isDryRun: boolean;
  readonly keepGoing: boolean;
  readonly upstream: boolean;
  readonly downstream: boolean;
  readonly set: readonly SetValue[];
}

/** Problems `usage`, `set-invalid`. */
export function readRunRequest({ flags, values, positionals }: Arguments): Result<RunRequest> {
  const jobs = parseJobs(values.get('jobs')?.at(-1));
  if (!jobs.ok) return jobs;
  const set = parseSetValues(values.get('set') ?? []);
  if (!set.ok) return set;
  const downstream = flags.has('downstream');
  if (set.value.length > 0 && (positionals.length !== 1 || downstream)) {
    return failed(
      usage('--set gives values to one stage.', 'Name that stage, and leave out --downstream.'),
    );
  }
  return ok({
    targets: positionals,
    jobs: jobs.value,
    force: flags.has('force'),
    isDryRun: flags.has('dry-run'),
    keepGoing: flags.has('keep-going'),
    upstream: !flags.has('single-item'),
    downstream,
    set: set.value,
  });
}

function parseJobs(text: string | undefined): Result<number> {
  if (text === undefined) return ok(1);
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1) return ok(jobs);
  return failed(usage(`--jobs takes a whole number from 1, not "${text}".`));
}

function usage(message: string, fix?: string): Problem {
  return { code: 'usage', message, ...(fix === undefined ? {} : { fix }) };
}
