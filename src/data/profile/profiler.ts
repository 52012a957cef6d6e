import { canonicalJson } from '../../base/canonicalJson';
import { failed, ok, type Result } from '../../base/result';
import type { Dataset } from '../../project/project';
import type { EngineCommand } from '../engine/engineCommand';
import { DataEngine } from '../engine/engineProcess';
import type {
  AnswerOf,
  DataFiles,
  EngineRequest,
  MeasureAnswer,
  RowsAsked,
} from '../engine/engineProtocol';
import type { FailingRows, RowFilter } from '../finding';
import { isLasting, type FactsAsk } from './factsAsk';
import { finishProfile } from './finishProfile';
import { mergeMeasures } from './mergeMeasures';
import type { PairAsk } from './pairAsk';
import type { PairFacts } from './pairFacts';
import { partFiles, wholePart, type Part } from './parts';
import type { Profile, ProfileShape, RowFacts } from './profile';
import type { RowDiff } from '../rowDiff/rowDiff';
import { ProfileCache, type FactsKey, type PairKey } from './profileCache';
import { sourceFiles } from './sourceFile';

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

/** What to measure on whole rows, with the content of the datasets that references are to. */
export interface FactsAsked {
  readonly ask: FactsAsk;
  readonly others: readonly DataContent[];
}

/** Profiles, from the cache where they are known; the engine is started with the first one that is not. */
export class Profiler {
  private readonly cache: ProfileCache | undefined;
  private engine: DataEngine | undefined;

  constructor(private readonly options: ProfilerOptions) {
    const { cacheFolder } = options;
    this.cache = cacheFolder === undefined ? undefined : new ProfileCache(cacheFolder);
  }

  /** @param asked what to measure on whole rows besides */
  async profile(
    content: DataContent,
    shape: ProfileShape | undefined,
    asked?: FactsAsked,
  ): Promise<Result<Profile>> {
    if (content.files.length === 0) return failed(noFiles(content.dataset));
    const factsKey = asked && keyOfFacts(content, asked);
    const kept = factsKey && (await this.cache?.readFacts(factsKey));
    const made = await this.profileColumns(content, shape, kept === undefined ? asked : undefined);
    if (!made.ok) return made;
    const { profile, facts = kept } = made.value;
    if (asked === undefined) return ok(profile);
    const measured = facts === undefined ? await this.askFacts(content, asked) : ok(facts);
    if (!measured.ok) return measured;
    const stored = asStored(measured.value);
    if (kept === undefined && factsKey) await this.cache?.writeFacts(factsKey, stored);
    return ok({ ...profile, facts: stored });
  }

  /** What is measured on the rows of a dataset against the training data. */
  async pair(content: DataContent, train: DataContent, ask: PairAsk): Promise<Result<PairFacts>> {
    const key = keyOfPair(content, train, ask);
    const kept = key && (await this.cache?.readPair(key));
    if (kept !== undefined) return ok(kept);
    const made = await this.request({
      type: 'pair',
      ...dataFiles(content),
      train: dataFiles(train),
      ask,
    });
    if (!made.ok) return made;
    const stored = asStored(made.value);
    if (key !== undefined) await this.cache?.writePair(key, stored);
    return ok(stored);
  }

  /** What changed in the rows from one content to another. @param key the columns that name a row; none: whole rows */
  diff(from: DataContent, to: DataContent, key: readonly string[]): Promise<Result<RowDiff>> {
    return this.request({ type: 'diff', ...dataFiles(to), past: dataFiles(from), key });
  }

  /** The profile, and the facts where they were asked for and are made in one go. */
  private async profileColumns(
    content: DataContent,
    shape: ProfileShape | undefined,
    asked: FactsAsked | undefined,
  ): Promise<Result<Made>> {
    const { dataset, contentId } = content;
    const key =
      contentId === undefined
        ? undefined
        : { contentId, format: dataset.format, ...(shape && { shape }) };
    const kept = key === undefined ? undefined : await this.cache?.readProfile(key);
    if (kept !== undefined) return ok({ profile: kept });
    const made = await this.make(content, shape, asked);
    if (made.ok && key !== undefined) await this.cache?.writeProfile(key, made.value.profile);
    return made;
  }

  private async make(
    content: DataContent,
    shape: ProfileShape | undefined,
    asked: FactsAsked | undefined,
  ): Promise<Result<Made>> {
    const measured = await this.measure(content, shape, asked);
    if (!measured.ok) return measured;
    const { parts, ...facts } = measured.value;
    return ok({ profile: asStored(finishProfile(mergeMeasures(parts, shape), shape)), ...facts });
  }

  /** The measures of every part; only those that are not known are made. Of a single part, also the facts. */
  private async measure(
    { dataset, files, names, fileIds }: DataContent,
    shape: ProfileShape | undefined,
    asked: FactsAsked | undefined,
  ): Promise<Result<MeasureAnswer>> {
    const { format } = dataset;
    // Only a given shape makes parts comparable: what is chosen from the data has to be chosen from all of it.
    const parts =
      shape === undefined ? [wholePart(files, names)] : partFiles(files, fileIds, names);
    if (parts.length === 1) return this.ask(dataset, parts, shape, asked);
    const keyOf = ({ contentId }: Part) =>
      contentId === undefined ? undefined : { contentId, format, ...(shape && { shape }) };
    const known = await Promise.all(
      parts.map(async (part) => {
        const key = keyOf(part);
        return key === undefined ? undefined : this.cache?.readPart(key);
      }),
    );
    const missing = parts.filter((_, index) => known[index] === undefined);
    const made = missing.length === 0 ? NOTHING : await this.ask(dataset, missing, shape);
    if (!made.ok) return made;
    const fresh = new Map(missing.map((part, index) => [part, made.value.parts[index]]));
    for (const [part, measures] of fresh) {
      const key = keyOf(part);
      if (key !== undefined && measures !== undefined) await this.cache?.writePart(key, measures);
    }
    return ok({ parts: parts.flatMap((part, index) => known[index] ?? fresh.get(part) ?? []) });
  }

  private ask(
    dataset: Dataset,
    parts: readonly Part[],
    shape: ProfileShape | undefined,
    asked?: FactsAsked,
  ): Promise<Result<MeasureAnswer>> {
    return this.request({
      type: 'measure',
      dataset: dataset.name,
      format: dataset.format,
      parts: parts.map(({ files, names }) => sourceFiles({ dataset, files, names })),
      ...(shape && { shape }),
      ...(asked && { facts: rowsAsked(asked) }),
    });
  }

  private askFacts(content: DataContent, asked: FactsAsked): Promise<Result<RowFacts>> {
    return this.request({ type: 'facts', ...dataFiles(content), facts: rowsAsked(asked) });
  }

  /** For each filter some of its rows, at most `limit`. They are read anew each time. */
  rows(
    content: DataContent,
    filters: readonly RowFilter[],
    limit: number,
  ): Promise<Result<readonly FailingRows[]>> {
    if (filters.length === 0) return Promise.resolve(ok([]));
    return this.request({ type: 'rows', ...dataFiles(content), filters, limit });
  }

  private request<Request extends EngineRequest>(
    request: Request,
  ): Promise<Result<AnswerOf<Request>>> {
    const { signal, onProgress } = this.options;
    this.engine ??= DataEngine.start(this.options.engine);
    return this.engine.ask(request, {
      ...(signal && { signal }),
      onProgress: (progress) => onProgress?.({ dataset: request.dataset, ...progress }),
    });
  }

  /** Ends the engine, and lets the cache forget what was not used for long where something was added. */
  async dispose(): Promise<void> {
    if (this.engine !== undefined) await this.cache?.prune();
    this.engine?.dispose();
    this.engine = undefined;
  }
}

interface Made {
  readonly profile: Profile;
  readonly facts?: RowFacts;
}

const NOTHING: Result<MeasureAnswer> = ok({ parts: [] });

/** The last digits of doubles, which may differ between machines, are dropped here, as in the cache and in baselines. */
function asStored<Value>(value: Value): Value {
  return JSON.parse(canonicalJson(value)) as Value;
}

function keyOfFacts(
  { dataset: { format }, contentId }: DataContent,
  { ask, others }: FactsAsked,
): FactsKey | undefined {
  if (contentId === undefined || !isLasting(ask)) return undefined;
  const known = others.flatMap((other) =>
    other.contentId === undefined ? [] : [[other.dataset.name, other.contentId] as const],
  );
  return known.length === others.length ? { contentId, format, ask, others: known } : undefined;
}

function keyOfPair(
  { dataset: { format }, contentId }: DataContent,
  train: DataContent,
  ask: PairAsk,
): PairKey | undefined {
  if (contentId === undefined || train.contentId === undefined) return undefined;
  return { contentId, format, ask, others: [[train.dataset.format, train.contentId]] };
}

function rowsAsked({ ask, others }: FactsAsked): RowsAsked {
  return { ask, others: others.map(dataFiles) };
}

function dataFiles(content: DataContent): DataFiles {
  const { name, format } = content.dataset;
  return { dataset: name, format, files: sourceFiles(content) };
}

function noFiles({ path }: Dataset) {
  return {
    code: 'file-missing',
    message: 'There is no such data file.',
    file: path,
    fix: 'Run the stage that writes it, or correct the path in preflight.yaml.',
  };
}
