import { formatProblem } from '../../base/problem';
import type { Stage } from '../../project/project';
import type { LockedStage } from './dvcLock';
import { readDvcParameterChanges } from './dvcParameters';
import { DvcPaths, isRemote } from './dvcPaths';
import { DvcFiles, lockFileOf, type DvcPipeline } from './dvcPipeline';
import { findDvcRun } from './dvcRuns';
import type { OwnStatus } from '../status/ownStatus';
import type { StatusSources } from '../status/statusSources';

/** What `dvc status` says of a stage, from dvc.lock and the files alone (dvc/stage/__init__.py, dvc/output.py). */
export async function readDvcStatus(stage: Stage, sources: StatusSources): Promise<OwnStatus> {
  const pipeline = await sources.once(DvcFiles).of(stage);
  const running = await findDvcRun(stage, pipeline.repository, sources);
  if (running !== undefined) {
    return {
      status: 'running',
      reasons: [`process ${running.pid} is running it: ${running.command}`],
    };
  }
  if (!pipeline.lock.ok) {
    return { status: 'unknown', reasons: [formatProblem(pipeline.lock.problem)] };
  }
  const locked = pipeline.lock.value.get(stage.name);
  return compareWithLock(stage, locked, pipeline, sources);
}

async function compareWithLock(
  stage: Stage,
  locked: LockedStage | undefined,
  pipeline: DvcPipeline,
  sources: StatusSources,
): Promise<OwnStatus> {
  if (locked === undefined) {
    return {
      status: 'never-run',
      reasons: [`${lockFileOf(stage.source.file)} has no entry for it`],
    };
  }
  const isFrozen = stage.frozen === true;
  const paths = new DvcPaths(stage, pipeline, sources);
  const parameters = isFrozen
    ? { changes: [], unknown: [] }
    : await readDvcParameterChanges(stage, locked, sources.root);
  const changes = [
    ...commandChanges(stage, locked),
    ...parameters.changes,
    ...(isFrozen ? [] : await paths.dependencyChanges(locked)),
    ...(await paths.outputChanges(locked)),
    ...(alwaysRuns(stage) ? ['DVC always runs it'] : []),
  ];
  if (changes.length > 0) return { status: 'stale', reasons: changes };
  const unknown = [...parameters.unknown, ...remotePaths(stage)];
  return unknown.length > 0
    ? { status: 'unknown', reasons: unknown }
    : { status: 'fresh', reasons: [] };
}

/** DVC compares the texts as they are, and takes a list for something else than one text. */
function commandChanges(stage: Stage, locked: LockedStage): readonly string[] {
  const before = JSON.stringify(locked.command);
  const now = stage.recordedCommand ?? JSON.stringify(stage.command);
  if (before === now) return [];
  const written = [locked.command].flat().join(' && ').trim();
  return written === stage.command
    ? ['the command changed: it is written otherwise']
    : [`the command changed: ${written} -> ${stage.command}`];
}

function alwaysRuns(stage: Stage): boolean {
  const { dependencies, outputs, parameters, outside = [] } = stage;
  const paths = [...dependencies, ...outputs, ...parameters, ...outside];
  return stage.alwaysRuns === true || paths.length === 0;
}

function remotePaths({ outside = [] }: Stage): readonly string[] {
  return outside.filter(isRemote).map((path) => `${path} is not on this machine`);
}
