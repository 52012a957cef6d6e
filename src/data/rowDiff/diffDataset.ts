import { failed, ok, type Result } from '../../base/result';
import { ObjectReader } from '../../git/objectReader';
import type { Repository } from '../../git/repository';
import { resolveCommit } from '../../git/revisions';
import type { Dataset, Project } from '../../project/project';
import { chooseDatasets } from '../chooseDatasets';
import { pruneContent } from '../content/contentFolder';
import { DatasetPlacer, type FoundContent } from '../content/contentOfDataset';
import type { ContentSource } from '../content/contentSource';
import type { EngineCommand } from '../engine/engineCommand';
import { Profiler } from '../profile/profiler';
import type { ValidateProgress } from '../validate';
import type { DatasetDiff, RowDiff } from './rowDiff';

export interface DiffDatasetRequest {
  readonly project: Project;
  readonly repository: Repository | undefined;
  readonly stateFolder: string;
  /** Its name. */
  readonly dataset: string;
  /** Version references: `worktree`, `index`, a commit, branch or tag. Defaults: `HEAD` and `worktree`. */
  readonly from?: string;
  readonly to?: string;
  readonly engine: EngineCommand;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ValidateProgress) => void;
}

/**
 * What changed in the rows of a dataset between two versions, from git, DVC or Git LFS. Rows are found again by the key that
 * preflight.yaml declares. Problems `dataset-unknown`, `revision-unknown`, `not-a-repository`, `content-missing`,
 * `content-not-here`, `content-changed`, `columns-differ`, `cancelled`, those of the data and of git.
 */
export async function diffDataset(request: DiffDatasetRequest): Promise<Result<DatasetDiff>> {
  const { project, repository, stateFolder } = request;
  const chosen = chooseDatasets(project.datasets, [request.dataset]);
  if (!chosen.ok) return chosen;
  const [dataset] = chosen.value;
  if (dataset === undefined) throw new Error('A dataset that is known is among the chosen ones.');
  const from = await resolveSource(repository, request.from ?? 'HEAD');
  if (!from.ok) return from;
  const to = await resolveSource(repository, request.to ?? 'worktree');
  if (!to.ok) return to;
  const reader = repository === undefined ? undefined : new ObjectReader(repository);
  try {
    const find = async ({ source }: Version): Promise<Result<FoundContent>> => {
      const placer = await DatasetPlacer.open({
        project,
        repository,
        reader,
        stateFolder,
        source,
        baseline: undefined,
      });
      return placer.ok ? placer.value.find(dataset) : placer;
    };
    request.onProgress?.({ dataset: dataset.name, what: 'finding its content' });
    const past = await find(from.value);
    if (!past.ok) return past;
    const current = await find(to.value);
    if (!current.ok) return current;
    const diff = await diffContents(dataset, [past.value, current.value], request);
    if (!diff.ok) return diff;
    const versions = { from: from.value.label, to: to.value.label };
    return ok({ dataset: dataset.name, path: dataset.path, versions, ...diff.value });
  } finally {
    reader?.dispose();
    await pruneContent(stateFolder);
  }
}

async function diffContents(
  dataset: Dataset,
  [past, current]: readonly [FoundContent, FoundContent],
  { engine, signal, onProgress }: DiffDatasetRequest,
): Promise<Result<RowDiff>> {
  const profiler = new Profiler({
    engine,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  try {
    const key = dataset.key === undefined ? [] : [dataset.key];
    return await profiler.diff(past.content, current.content, key);
  } finally {
    await profiler.dispose();
  }
}

interface Version {
  readonly source: ContentSource;
  readonly label: string;
}

async function resolveSource(
  repository: Repository | undefined,
  reference: string,
): Promise<Result<Version>> {
  if (reference === 'worktree') return ok({ source: reference, label: reference });
  if (repository === undefined) {
    const message = `"${reference}" can only be read in a git repository.`;
    return failed({ code: 'not-a-repository', message, fix: 'Run `git init`.' });
  }
  if (reference === 'index') return ok({ source: reference, label: reference });
  const commit = await resolveCommit(repository, reference);
  if (!commit.ok) return commit;
  const short = commit.value.slice(0, 7);
  const label = commit.value.startsWith(reference) ? short : `${reference} (${short})`;
  return ok({ source: { commit: commit.value }, label });
}
