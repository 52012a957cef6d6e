import { canonicalJson } from '../../base/canonicalJson';
import { failed, ok, type Result } from '../../base/result';
import type { Dataset } from '../../project/project';
import type { EngineCommand } from '../engine/engineCommand';
import { DataEngine } from '../engine/engineProcess';
import { finishProfile } from './finishProfile';
import type { PartMeasures } from './measures';
import { mergeParts } from './mergeTree';
import { partFiles, wholePart, type Part } from './parts';
import type { Profile, ProfileShape } from './profile';
import { ProfileCache } from './profileCache';
import { sourceFile } from './sourceFile';

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
  /** Their paths in the project, in their order; default: as the files' own paths say. */
  readonly names?: readonly string[];
  /** Identifies the content of all files. */
  readonly contentId?: string;
  /** Identifies the content of each file, in their order; absent where one cannot be told. */
  readonly fileIds?: readonly string[];
}

/** Profiles, from the cache where they are known; the engine is started with the first one that is not. */
export class Profiler {
  private readonly cache: ProfileCache | undefined;
  private engine: DataEngine | undefined;

  constructor(private readonly options: ProfilerOptions) {
    const { cacheFolder } = options;
    this.cache = cacheFolder === undefined ? undefined : new ProfileCache(cacheFolder);
  }

  async profile(content: DataContent, shape: ProfileShape | undefined): Promise<Result<Profile>> {
    const { dataset, files, contentId } = content;
    if (files.length === 0) return failed(noFiles(dataset));
    const key =
      contentId === undefined
        ? undefined
        : { contentId, format: dataset.format, ...(shape && { shape }) };
    const kept = key === undefined ? undefined : await this.cache?.readProfile(key);
    if (kept !== undefined) return ok(kept);
    const measured = await this.measure(content, shape);
    if (!measured.ok) return measured;
    // The last digits of doubles, which may differ between machines, are dropped here, as in the cache and in baselines.
    const text = canonicalJson(finishProfile(measured.value, shape));
    const profile = JSON.parse(text) as Profile;
    if (key !== undefined) await this.cache?.writeProfile(key, profile);
    return ok(profile);
  }

  /** The measures of all parts together; only those that are not known are made. */
  private measure(
    { dataset, files, names, fileIds }: DataContent,
    shape: ProfileShape | undefined,
  ): Promise<Result<PartMeasures>> {
    const { cache } = this;
    const keyOf = (contentId: string) => ({
      contentId,
      format: dataset.format,
      ...(shape && { shape }),
    });
    // Only a given shape makes parts comparable: what is chosen from the data has to be chosen from all of it.
    const parts =
      shape === undefined ? [wholePart(files, names)] : partFiles(files, fileIds, names);
    return mergeParts(parts, {
      shape,
      read: async (contentId) => cache?.readPart(keyOf(contentId)),
      keep: async (contentId, measures) => cache?.writePart(keyOf(contentId), measures),
      measure: (missing) => this.ask(dataset, missing, shape),
    });
  }

  private ask(dataset: Dataset, parts: readonly Part[], shape: ProfileShape | undefined) {
    const { signal, onProgress } = this.options;
    this.engine ??= DataEngine.start(this.options.engine);
    return this.engine.ask(
      {
        type: 'measure',
        dataset: dataset.name,
        format: dataset.format,
        parts: parts.map(({ files, names = files }) =>
          files.map((path, index) => sourceFile(dataset, path, names[index] ?? path)),
        ),
        ...(shape && { shape }),
      },
      {
        ...(signal && { signal }),
        onProgress: (progress) => onProgress?.({ dataset: dataset.name, ...progress }),
      },
    );
  }

  /** Ends the engine, and lets the cache forget what was not used for long where something was added. */
  async dispose(): Promise<void> {
    if (this.engine !== undefined) await this.cache?.prune();
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
