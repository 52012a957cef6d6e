import type { Problem } from '../base/problem';
import type { Dataset } from '../project/project';
import type { Baseline } from './baseline';
import type { EngineCommand } from './engine/engineCommand';
import type { ValidationReport } from './report';
import type { Schema } from './schema';

/** One dataset to validate, with what it is judged against. */
export interface DatasetInput {
  readonly dataset: Dataset;
  /** Absolute paths. Files of one dataset are read as one table, in this order. */
  readonly files: readonly string[];
  /** Identifies the content of all files (a hash): the key of the profile's cache. Not cached where absent. */
  readonly contentId?: string;
  readonly schema?: Schema;
  readonly baseline?: Baseline;
  /** Where no baseline is committed: the version to compare with. */
  readonly reference?: DatasetReference;
  /** What already went wrong with this dataset (a pointer without data, a broken schema): it is then not judged. */
  readonly problems?: readonly Problem[];
}

export interface DatasetReference {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly contentId?: string;
  /** What it is, for people: `HEAD (1a2b3c4)`. */
  readonly source: string;
}

export interface ValidateOptions {
  readonly engine: EngineCommand;
  /** Where profiles are kept by content; nothing is kept where absent. */
  readonly cacheFolder?: string;
  /** Cancels: the report is then inconclusive with the problem `cancelled`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ValidateProgress) => void;
}

export interface ValidateProgress {
  readonly dataset: string;
  /** What is being done, for people: `profiling`. */
  readonly what: string;
  /** 0 to 1 where known. */
  readonly done?: number;
}

/**
 * Profiles and judges datasets. Never throws for bad data: a dataset that cannot be read is `inconclusive`, with the
 * problem and its line. The engine's process is started only where a profile is not in the cache.
 */
export async function validateDatasets(
  inputs: readonly DatasetInput[],
  options: ValidateOptions,
): Promise<ValidationReport> {
  throw new Error(`Not built yet: ${inputs.length} datasets, ${options.engine.file}.`);
}
