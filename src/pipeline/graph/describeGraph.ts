import type { Project } from '../../project/project';
import { stagePlaces } from '../../project/stagePlaces';
import type { GraphRun, GraphStage } from './graphStage';
import type { RecordedRun } from '../ledger/recordedRun';
import { buildGraph } from './stageGraph';
import type { StageStatus } from '../status/stageStatus';

/** The stages of a project, in its order, with what is known of each. */
export function describeGraph(
  { stages }: Project,
  stateOf: (stage: string) => { status: StageStatus; lastRun: RecordedRun | undefined } | undefined,
): readonly GraphStage[] {
  const { upstream } = buildGraph(stages);
  const places = stagePlaces(stages);
  return stages.map(({ id, name, tool, kind, command, source, notRunnable }) => {
    const state = stateOf(id);
    const place = places.get(id);
    return {
      id,
      name: place === undefined ? name : `${name} (${place})`,
      tool,
      kind,
      command,
      source,
      upstream: upstream.get(id) ?? [],
      status: state?.status.status,
      reasons: state?.status.reasons ?? [],
      lastRun: describeRun(state?.lastRun),
      ...(notRunnable === undefined ? {} : { notRunnable }),
    };
  });
}

function describeRun(run: RecordedRun | undefined): GraphRun | undefined {
  if (run === undefined) return undefined;
  const { status, started, seconds, exitCode } = run;
  return { status, started, seconds, exitCode };
}
