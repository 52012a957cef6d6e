import type { Stage } from '../../project/project';
import type { RecordedDigests, RecordedInputs } from '../ledger/ledgerEvent';
import { describeFailure, type OwnStatus } from './ownStatus';
import { digestOutputsAsOf } from '../ledger/outputsOfRun';
import { describeChange } from '../parameters/parameterValues';
import type { RecordedRun } from '../ledger/recordedRun';
import { digestInputs, digestOutputs, UNREADABLE } from '../hashing/stageDigests';
import { splitParameter } from '../graph/stageGraph';
import type { StatusSources } from './statusSources';

const NONE_RECORDED = 'no run of it is recorded here';
const NONE_SUCCEEDED = 'the last run was cancelled, and none has succeeded here';

/** The status of a stage that no tool keeps a lock for: what has changed since its last recorded run. */
export async function readRecordedStatus(
  stage: Stage,
  runs: readonly RecordedRun[],
  { root, hashes }: StatusSources,
): Promise<OwnStatus> {
  const last = runs.at(-1);
  const success = runs.findLast((run) => run.status === 'succeeded');
  const isCancelled = last?.status === 'cancelled';
  const failure = describeFailure(last);
  if (success === undefined) {
    return failure === undefined
      ? { status: 'never-run', reasons: [isCancelled ? NONE_SUCCEEDED : NONE_RECORDED] }
      : { status: 'failed', reasons: [failure] };
  }
  const inputsNow = await digestInputs(stage, root, hashes);
  const outputsNow = await digestOutputs(stage, root, hashes);
  const outputs =
    success.unrecorded === undefined
      ? success.outputs
      : await digestOutputsAsOf(success.unrecorded.ended, stage, root, hashes);
  const changes = [
    ...(isCancelled ? ['the last run was cancelled'] : []),
    ...describeInputs(success.inputs, inputsNow),
    ...describeOutputs(outputs, outputsNow),
  ];
  if (failure !== undefined) return { status: 'failed', reasons: [failure, ...changes] };
  if (changes.length > 0) return { status: 'stale', reasons: changes };
  if (stage.dependencies.length + stage.parameters.length > 0) {
    const absent = describeAbsent(stage, inputsNow.dependencies, outputsNow);
    return absent.length > 0
      ? { status: 'stale', reasons: absent }
      : { status: 'fresh', reasons: [] };
  }
  return { status: 'unknown', reasons: ['it has run, but what it reads is not known'] };
}

function describeInputs(before: RecordedInputs, now: RecordedInputs): readonly string[] {
  const command =
    before.command === now.command
      ? []
      : [`the command changed: ${before.command} -> ${now.command}`];
  const parameters = Object.keys({ ...before.parameters, ...now.parameters }).flatMap((name) => {
    const { file, key } = splitParameter(name);
    return describeChange(file, key ?? '', before.parameters[name], now.parameters[name]);
  });
  const dependencies = Object.entries(now.dependencies).flatMap(([path, digest]) => {
    const change = describeDigests(before.dependencies[path], digest);
    return change === undefined ? [] : [`${path} ${change}`];
  });
  return [...command, ...parameters, ...dependencies];
}

function describeOutputs(before: RecordedDigests, now: RecordedDigests): readonly string[] {
  return Object.entries(now).flatMap(([path, digest]) => {
    const change = describeDigests(before[path], digest);
    return change === undefined ? [] : [`output ${path} ${change}`];
  });
}

/**
 * What was missing for the last run already. Only where a user has written it down: what was read from code may be one
 * of several possibilities.
 */
function describeAbsent(
  { tool }: Stage,
  dependencies: RecordedDigests,
  outputs: RecordedDigests,
): readonly string[] {
  if (tool !== 'preflight') return [];
  const absent = (digests: RecordedDigests): readonly string[] =>
    Object.keys(digests).filter((path) => digests[path] === null);
  return [
    ...absent(dependencies).map((path) => `${path} is missing`),
    ...absent(outputs).map((path) => `output ${path} was not made by the last run`),
  ];
}

/** Undefined: the run did not know of this path; null: there was, or is, nothing. */
function describeDigests(before: string | null | undefined, now: string | null) {
  if (now === UNREADABLE) return 'cannot be read';
  if (before === now) return undefined;
  if (now === null) return 'is missing';
  if (before === undefined) return 'was not there for the last run';
  return before === null ? 'is new' : 'changed';
}
