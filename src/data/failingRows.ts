import type { Result } from '../base/result';
import { ObjectReader } from '../git/objectReader';
import type { Repository } from '../git/repository';
import type { Dataset, Project } from '../project/project';
import { pruneContent } from './content/contentFolder';
import { DatasetPlacer } from './content/contentOfDataset';
import type { ContentSource } from './content/contentSource';
import type { FailingRows, RowFilter } from './finding';
import { Profiler, type ProfilerOptions } from './profile/profiler';

export interface FailingRowsRequest extends Pick<
  ProfilerOptions,
  'engine' | 'signal' | 'onProgress'
> {
  readonly project: Project;
  readonly repository: Repository | undefined;
  readonly stateFolder: string;
  /** Whose content is looked at: that which was judged. */
  readonly source: ContentSource;
  readonly dataset: Dataset;
  /** The `where` of findings. */
  readonly filters: readonly RowFilter[];
  /** Of each, at most 20. */
  readonly limit: number;
}

/**
 * The rows that findings about a dataset are about, for whoever wants to see them: in the order of the filters. Problems
 * of the content and the data as of `validateProject`; `cancelled`.
 */
export async function failingRows(
  request: FailingRowsRequest,
): Promise<Result<readonly FailingRows[]>> {
  const { project, repository, stateFolder, source, dataset, filters, limit } = request;
  const reader = repository === undefined ? undefined : new ObjectReader(repository);
  const profiler = new Profiler(request);
  try {
    const placer = await DatasetPlacer.open({
      project,
      repository,
      stateFolder,
      source,
      reader,
      baseline: undefined,
    });
    if (!placer.ok) return placer;
    const found = await placer.value.find(dataset);
    return found.ok ? await profiler.rows(found.value.content, filters, limit) : found;
  } finally {
    await profiler.dispose();
    reader?.dispose();
    await pruneContent(stateFolder);
  }
}
