import type { Disposable } from '../../base/disposable';
import { failed, ok, type Result } from '../../base/result';
import type { Dataset } from '../../project/project';
import { shownFile } from '../baseline/datasetFiles';
import type { EngineCommand } from '../engine/engineCommand';
import { DataEngine } from '../engine/engineProcess';
import type { Profile, ProfileShape } from './profile';
import { ProfileCache } from './profileCache';

export interface ProfilerOptions {
  readonly engine: EngineCommand;
  readonly cacheFolder?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly dataset: string;
    readonly what: string;
    readonly done?: number;
  }) => void;
}

/** The content to measure: one dataset's files, at one version. */
export interface DataContent {
  readonly dataset: Dataset;
  /** Absolute. */
  readonly files: readonly string[];
  readonly contentId?: string;
}

/** Profiles, from the cache where they are known; the engine is started with the first one that is not. */
export class Profiler implements Disposable {
  private readonly cache: ProfileCache | undefined;
  private engine: DataEngine | undefined;

  constructor(private readonly options: ProfilerOptions) {
    const { cacheFolder } = options;
    this.cache = cacheFolder === undefined ? undefined : new ProfileCache(cacheFolder);
  }

  async profile(
    { dataset, files, contentId }: DataContent,
    shape: ProfileShape | undefined,
  ): Promise<Result<Profile>> {
    const { signal, onProgress } = this.options;
    if (files.length === 0) return failed(noFiles(dataset));
    const { format } = dataset;
    const key =
      contentId === undefined ? undefined : { contentId, format, ...(shape && { shape }) };
    const kept = key === undefined ? undefined : await this.cache?.read(key);
    if (kept !== undefined) return ok(kept);
    this.engine ??= DataEngine.start(this.options.engine);
    const sources = files.map((path) => ({ path, shown: shownFile(dataset, path) }));
    const profiled = await this.engine.profile(
      { dataset: dataset.name, files: sources, format, ...(shape && { shape }) },
      {
        ...(signal && { signal }),
        onProgress: (progress) => onProgress?.({ dataset: dataset.name, ...progress }),
      },
    );
    if (profiled.ok && key !== undefined) await this.cache?.write(key, profiled.value);
    return profiled;
  }

  dispose(): void {
    this.engine?.dispose();
    this.engine = undefined;
  }
}

function noFiles({ path }: Dataset) {
  return {
    code: 'file-missing',
    message: 'There is no such data file.',
    file: path,
    fix: 'Run the stage that writes it, or correct the path in preflight.yaml.',
  };
}
