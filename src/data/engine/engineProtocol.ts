import type { Result } from '../../base/result';
import type { DatasetFormat } from '../../project/project';
import type { FailingRows, RowFilter } from '../finding';
import type { PartMeasures } from '../profile/measures';
import type { FactsAsk } from '../profile/factsAsk';
import type { PairAsk } from '../profile/pairAsk';
import type { PairFacts } from '../profile/pairFacts';
import type { ProfileShape, RowFacts } from '../profile/profile';
import type { RowDiff } from '../rowDiff/rowDiff';

/** What the host and the engine's process say to each other. One request is under way at a time. */

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** As problems name it. */
  readonly shown: string;
  /** Its path below the dataset's folder: `year=2024/a.parquet`. */
  readonly within?: string;
  /** The one table, sheet or array of it that is meant. */
  readonly member?: string;
}

/** Files that are read as one table. */
export interface DataFiles {
  /** The dataset's name, for people. */
  readonly dataset: string;
  readonly files: readonly SourceFile[];
  readonly format: DatasetFormat;
}

/** Measures each part of a dataset on its own. */
export interface MeasureRequest {
  readonly type: 'measure';
  readonly dataset: string;
  readonly format: DatasetFormat;
  readonly parts: readonly (readonly SourceFile[])[];
  /** What to count on; what is left out is chosen from the data, which only one part can do. */
  readonly shape?: ProfileShape;
  /** What to measure on whole rows, which spares opening the files again; only of one part. */
  readonly facts?: RowsAsked;
  /** Default: every core but one, and at least two where there are two. */
  readonly threads?: number;
}

/** Measures whole rows of a dataset. */
export interface FactsRequest extends DataFiles {
  readonly type: 'facts';
  readonly facts: RowsAsked;
  readonly threads?: number;
}

export interface RowsAsked {
  readonly ask: FactsAsk;
  /** The datasets that references are to. */
  readonly others: readonly DataFiles[];
}

/** Measures whole rows of a dataset against those of the training data. */
export interface PairRequest extends DataFiles {
  readonly type: 'pair';
  readonly train: DataFiles;
  readonly ask: PairAsk;
  readonly threads?: number;
}

/** Compares the rows of two versions of a dataset; the files are those of the newer one. */
export interface DiffRequest extends DataFiles {
  readonly type: 'diff';
  readonly past: DataFiles;
  /** The columns that together name a row; empty where whole rows are compared. */
  readonly key: readonly string[];
  readonly threads?: number;
}

/** Looks for the rows that findings are about. */
export interface RowsRequest extends DataFiles {
  readonly type: 'rows';
  readonly filters: readonly RowFilter[];
  /** Of each filter's rows so many are listed; at most 20. */
  readonly limit: number;
  readonly threads?: number;
}

export type EngineRequest = MeasureRequest | FactsRequest | RowsRequest | PairRequest | DiffRequest;

/** All files of the dataset that a request reads. */
export function filesOf(request: EngineRequest): readonly SourceFile[] {
  return request.type === 'measure' ? request.parts.flat() : request.files;
}

/** What a request is answered with, by its type. */
export interface EngineAnswers {
  readonly measure: MeasureAnswer;
  readonly facts: RowFacts;
  readonly pair: PairFacts;
  readonly diff: RowDiff;
  /** In the order of the filters. */
  readonly rows: readonly FailingRows[];
}

export interface MeasureAnswer {
  /** In the order of the request's. */
  readonly parts: readonly PartMeasures[];
  /** Where they were asked for. */
  readonly facts?: RowFacts;
}

export type AnswerOf<Request extends EngineRequest> = EngineAnswers[Request['type']];

export interface EngineProgress {
  /** For people: `reading`. */
  readonly what: string;
  /** 0 to 1. */
  readonly done: number;
}

export type ToEngine =
  | { readonly type: 'request'; readonly request: EngineRequest }
  | { readonly type: 'cancel' };

export type FromEngine =
  /** First of all: where its temporary files are, for whoever has to clean up after a kill. */
  | { readonly type: 'started'; readonly folder: string }
  | { readonly type: 'progress'; readonly progress: EngineProgress }
  | { readonly type: 'done'; readonly result: Result<EngineAnswers[keyof EngineAnswers]> };
