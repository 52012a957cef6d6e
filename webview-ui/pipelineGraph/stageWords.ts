import type { GraphStage, StageState } from '../../src/protocol/content';

/** The status of a stage as it is drawn: never a colour alone. */
export interface StatusLook {
  readonly word: string;
  /** A codicon. */
  readonly icon: string;
  /** The class of its colour: `tone-warning`. */
  readonly tone: string;
}

/** A state of a stage, or `reading` until its status is known. */
export type ShownState = StageState | 'reading';

const LOOKS = {
  failed: { word: 'failed', icon: 'error', tone: 'tone-error' },
  running: { word: 'running', icon: 'loading', tone: 'tone-info' },
  stale: { word: 'stale', icon: 'history', tone: 'tone-warning' },
  'never-run': { word: 'never run', icon: 'circle-large-outline', tone: 'tone-muted' },
  blocked: { word: 'blocked', icon: 'debug-pause', tone: 'tone-warning' },
  unknown: { word: 'unknown', icon: 'question', tone: 'tone-unknown' },
  reading: { word: 'reading the status', icon: 'ellipsis', tone: 'tone-muted' },
  fresh: { word: 'fresh', icon: 'pass', tone: 'tone-pass' },
} as const satisfies Readonly<Record<ShownState, StatusLook>>;

/** The gravest first. */
export const SHOWN_STATES = Object.keys(LOOKS) as readonly ShownState[];

export function lookOf(state: ShownState): StatusLook {
  return LOOKS[state];
}

export function stateOf({ status }: GraphStage): ShownState {
  return status ?? 'reading';
}

/** The state of several stages as one: the gravest of them. */
export function gravestState(stages: readonly GraphStage[]): ShownState {
  const states = new Set(stages.map(stateOf));
  return SHOWN_STATES.find((state) => states.has(state)) ?? 'reading';
}

/** How many stages are in each state, the gravest first; only those that occur. */
export function countStates(
  stages: readonly GraphStage[],
): readonly { readonly state: ShownState; readonly count: number }[] {
  const counts = new Map<ShownState, number>();
  for (const stage of stages) counts.set(stateOf(stage), (counts.get(stateOf(stage)) ?? 0) + 1);
  return SHOWN_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [{ state, count }];
  });
}

/** `3 stale, 9 fresh`. */
export function describeStates(stages: readonly GraphStage[]): string {
  return countStates(stages)
    .map(({ state, count }) => `${count} ${LOOKS[state].word}`)
    .join(', ');
}

const KIND_ICONS = {
  ingest: 'cloud-download',
  prepare: 'filter',
  validate: 'checklist',
  train: 'beaker',
  evaluate: 'graph',
  deploy: 'rocket',
  other: 'gear',
} as const satisfies Readonly<Record<GraphStage['kind'], string>>;

export function kindIcon(kind: GraphStage['kind']): string {
  return KIND_ICONS[kind];
}

const TOOL_NAMES = {
  airflow: 'Airflow',
  dvc: 'DVC',
  kedro: 'Kedro',
  kubeflow: 'Kubeflow',
  make: 'Make',
  metaflow: 'Metaflow',
  mlflow: 'MLflow',
  npm: 'npm',
  prefect: 'Prefect',
  pyproject: 'pyproject',
  snakemake: 'Snakemake',
  tfx: 'TFX',
  zenml: 'ZenML',
  'azure-pipelines': 'Azure Pipelines',
  'github-actions': 'GitHub Actions',
  'gitlab-ci': 'GitLab CI',
  jenkins: 'Jenkins',
  scripts: 'script',
  notebook: 'notebook',
  docker: 'Docker',
  preflight: 'preflight.yaml',
} as const satisfies Readonly<Record<GraphStage['tool'], string>>;

export function toolName(tool: GraphStage['tool']): string {
  return TOOL_NAMES[tool];
}
