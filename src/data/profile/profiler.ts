import { canonicalJson } from '../../base/canonicalJson';
import { failed, ok, type Result } from '../../base/result';
import type { Dataset } from '../../project/project';
import { findChanged } from '../content/contentChanged';
import type { FileState } from '../content/fileState';
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
import { mergeParts } from './mergeTree';
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
  /** Those of the files that others can change, as they were when their content was told. */
  readonly states?: readonly FileState[];
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
    const made = await this.request(
      { type: 'pair', ...dataFiles(content), train: dataFiles(train), ask },
      [content, train],
    );
    if (!made.ok) return made;
    const stored = asStored(made.value);
    if (key !== undefined) await this.cache?.writePair(key, stored);
    return ok(stored);
  }

  /** What changed in the rows from one content to another. @param key the columns that name a row; none: whole rows */
  diff(from: DataContent, to: DataContent, key: readonly string[]): Promise<Result<RowDiff>> {
    const request = { type: 'diff', ...dataFiles(to), past: dataFiles(from), key } as const;
    return this.request(request, [from, to]);
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

  /** Only the parts that are not known are measured. Of a single part, the facts too are made in one go. */
  private async make(
    content: DataContent,
    shape: ProfileShape | undefined,
    asked: FactsAsked | undefined,
  ): Promise<Result<Made>> {
    const { cache } = this;
    const { dataset, files, names, fileIds } = content;
    const keyOf = (contentId: string) => ({
      contentId,
      format: dataset.format,
      ...(shape && { shape }),
    });
    // Only a given shape makes parts comparable: what is chosen from the data has to be chosen from all of it.
    const parts =
      shape === undefined ? [wholePart(files, names)] : partFiles(files, fileIds, names);
    let facts: RowFacts | undefined;
    const merged = await mergeParts(parts, {
      shape,
      read: async (contentId) => cache?.readPart(keyOf(contentId)),
      keep: async (contentId, measures) => cache?.writePart(keyOf(contentId), measures),
      measure: async (missing) => {
        const answer = await this.ask(
          content,
          missing,
          shape,
          parts.length === 1 ? asked : undefined,
        );
        if (!answer.ok) return answer;
        facts = answer.value.facts;
        return ok(answer.value.parts);
      },
    });
    if (!merged.ok) return merged;
    return ok({ profile: asStored(finishProfile(merged.value, shape)), ...(facts && { facts }) });
  }

  private ask(
    content: DataContent,
    parts: readonly Part[],
    shape: ProfileShape | undefined,
    asked?: FactsAsked,
  ): Promise<Result<MeasureAnswer>> {
    const { dataset } = content;
    const request = {
      type: 'measure',
      dataset: dataset.name,
      format: dataset.format,
      parts: parts.map(({ files, names }) => sourceFiles({ dataset, files, names })),
      ...(shape && { shape }),
      ...(asked && { facts: rowsAsked(asked) }),
    } as const;
    return this.request(request, [content, ...(asked?.others ?? [])]);
  }

  private askFacts(content: DataContent, asked: FactsAsked): Promise<Result<RowFacts>> {
    const request = { type: 'facts', ...dataFiles(content), facts: rowsAsked(asked) } as const;
    return this.request(request, [content, ...asked.others]);
  }

  /** For each filter some of its rows, at most `limit`. They are read anew each time. */
  rows(
    content: DataContent,
    filters: readonly RowFilter[],
    limit: number,
  ): Promise<Result<readonly FailingRows[]>> {
    if (filters.length === 0) return Promise.resolve(ok([]));
    return this.request({ type: 'rows', ...dataFiles(content), filters, limit }, [content]);
  }

  /** @param contents all that it reads: an answer about what was changed meanwhile is none, nor is what went wrong with it */
  private async request<Request extends EngineRequest>(
    request: Request,
    contents: readonly DataContent[],
  ): Promise<Result<AnswerOf<Request>>> {
    const { signal, onProgress } = this.options;
    this.engine ??= DataEngine.start(this.options.engine);
    const answer = await this.engine.ask(request, {
      ...(signal && { signal }),
      onProgress: (progress) => onProgress?.({ dataset: request.dataset, ...progress }),
    });
    if (!answer.ok && answer.problem.code === 'cancelled') return answer;
    const changed = await findChanged(contents);
    return changed === undefined ? answer : failed(changed);
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
