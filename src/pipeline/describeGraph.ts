import type { Evidence } from '../base/evidence';
import type { Project, StageKind, Tool } from '../project/project';
import type { RecordedRun } from './runLedger';
import { buildGraph } from './stageGraph';
import type { StageState, StageStatus } from './stageStatus';

/** One stage as a picture of the pipeline shows it. Plain data. */
export interface GraphStage {
  readonly id: string;
  readonly name: string;
  readonly tool: Tool;
  readonly kind: StageKind;
  readonly command: string;
  readonly source: Evidence;
  /** Ids of the stages that it reads from. */
  readonly upstream: readonly string[];
  /** Undefined until it has been read. */
  readonly status: StageState | undefined;
  readonly reasons: readonly string[];
  readonly lastRun: GraphRun | undefined;
  /** Why it cannot be run from here. */
  readonly notRunnable?: string;
}

export interface GraphRun {
  readonly status: RecordedRun['status'];
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Undefined while it runs. */
  readonly seconds: number | undefined;
  readonly exitCode: number | null | undefined;
}

/** The stages of a project, in its order, with what is known of each. */
export function describeGraph(
  { stages }: Project,
  stateOf: (stage: string) => { status: StageStatus; lastRun: RecordedRun | undefined } | undefined,
): readonly GraphStage[] {
  const { upstream } = buildGraph(stages);
  return stages.map(({ id, name, tool, kind, command, source, notRunnable }) => {
    const state = stateOf(id);
    return {
      id,
      name,
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
