import { REFERENCE_UNREADABLE } from './checks/referenceUnreadable';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { gravestVerdict, type Verdict } from '../base/verdict';
import type { Dataset } from '../project/project';
import type { Baseline } from './baseline/baseline';
import { runChecks, sortFindings } from './checks/checks';
import { pointerFinding } from './checks/schema/pointerCommitted';
import type { FileState } from './content/fileState';
import type { EngineCommand } from './engine/engineCommand';
import { addRows } from './addRows';
import type { Finding } from './finding';
import { isEnd } from './isEnd';
import { schemaOfReference } from './schema/inferSchema';
import { knownPast, reportedReference, type Past } from './past';
import type { Profile } from './profile/profile';
import { isPaired, judgeBesideTrain, type TrainCandidate } from './pairTrain';
import { factsAsk } from './profile/factsAsk';
import {
  Profiler,
  type DataContent,
  type FactsAsked,
  type ProfilerOptions,
} from './profile/profiler';
import type { DatasetReport, ValidationReport } from './report';
import type { Schema } from './schema/schema';
import { shapeFor } from './profile/shape';

/** One dataset to validate, with what it is judged against. */
export interface DatasetInput {
  readonly dataset: Dataset;
  /** Absolute paths. Files of one dataset are read as one table, in this order. */
  readonly files: readonly string[];
  /** Their paths in the project, in their order. */
  readonly names?: readonly string[];
  /** Identifies the content of all files (a hash): the key of the profile's cache. Not cached where absent. */
  readonly contentId?: string;
  /** Identifies the content of each file, in their order: only files that changed are then read again. */
  readonly fileIds?: readonly string[];
  /** Those of the files that others can change, as they were. */
  readonly states?: readonly FileState[];
  readonly schema?: Schema;
  readonly baseline?: Baseline;
  /** The datasets that columns of the schema refer to. */
  readonly others?: readonly DataContent[];
  /** Where no baseline is committed: the version to compare with. */
  readonly reference?: DatasetReference;
  /** The training data of the project, for what is judged beside them; each an input of its own, or one of the list. */
  readonly trains?: readonly DatasetInput[];
  /** What already went wrong with this dataset (a pointer without data, a broken schema): it is then not judged. */
  readonly problems?: readonly Problem[];
}

export interface DatasetReference {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Their paths in the project, in their order. */
  readonly names?: readonly string[];
  readonly contentId?: string;
  readonly states?: readonly FileState[];
  /** Where they are another dataset's: how they are read. */
  readonly place?: Pick<Dataset, 'path' | 'format'>;
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
  /** So many of the rows that each finding is about are listed in it; default none. */
  readonly rows?: number;
}

export interface ValidateProgress {
  readonly dataset: string;
  /** What is being done, for people: `measuring`. */
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
  const profiler = new Profiler(options satisfies ProfilerOptions);
  try {
    const datasets: DatasetReport[] = [];
    const measurer = new Measurer(profiler);
    for (const input of inputs) {
      const report = await validateDataset(input, measurer);
      datasets.push(await addRows(report, contentOf(input), options.rows ?? 0, profiler));
    }
    return { verdict: gravestVerdict(datasets.map(({ verdict }) => verdict)), datasets };
  } finally {
    await profiler.dispose();
  }
}

async function validateDataset(input: DatasetInput, measurer: Measurer): Promise<DatasetReport> {
  const started = performance.now();
  const judged = await judgeDataset(input, measurer);
  const { name, path, role, format } = input.dataset;
  return { name, path, role, format, ...judged, seconds: (performance.now() - started) / 1000 };
}

/** A report without what every dataset's begins with. */
export type Judged = Omit<DatasetReport, 'name' | 'path' | 'role' | 'format' | 'seconds'>;

async function judgeDataset(input: DatasetInput, measurer: Measurer): Promise<Judged> {
  const { dataset, problems = [] } = input;
  if (problems.length > 0) return unjudged(problems);
  const measured = await measurer.measure(input);
  if (!measured.ok) return unread(dataset, measured.problem);
  const { past, current, schema } = measured.value;
  const { reference } = past;
  const found = runChecks({
    dataset,
    current,
    schema,
    confirmed: input.schema !== undefined,
    now: new Date(),
    ...(reference === undefined ? {} : { reference: reference.profile }),
  });
  const beside = await measurer.judgeBesideTrain(input, measured.value);
  if (!beside.ok) return unjudged([beside.problem]);
  const findings = [...past.findings, ...sortFindings([...found, ...beside.value])];
  return {
    verdict: verdictOf(findings),
    ...current,
    ...reportedReference(past),
    findings,
    problems: [],
  };
}

interface Measured {
  readonly past: Past;
  readonly current: Profile;
  /** Where nothing is known yet, that of the data: they are looked at for what is odd in themselves. */
  readonly schema: Schema;
}

/** Measures each dataset once, also where others are looked at beside it. */
class Measurer {
  private readonly known = new Map<DatasetInput, Promise<Result<Measured>>>();

  constructor(private readonly profiler: Profiler) {}

  /** Problems: those of the data; such as end everything (`isEnd`) also where the past could not be read. */
  measure(input: DatasetInput): Promise<Result<Measured>> {
    const known = this.known.get(input) ?? this.measureNow(input);
    this.known.set(input, known);
    return known;
  }

  private async measureNow(input: DatasetInput): Promise<Result<Measured>> {
    const { profiler } = this;
    const past = await findReference(input, profiler);
    if (past.problem !== undefined) return failed(past.problem);
    const reference = past.reference?.profile;
    const schema = input.schema ?? (reference && schemaOfReference(reference));
    const current = await profiler.profile(
      contentOf(input),
      shapeFor(reference, schema),
      askedOf(input, reference),
    );
    if (!current.ok) return current;
    const { value } = current;
    return ok({ past, current: value, schema: schema ?? schemaOfReference(value) });
  }

  async judgeBesideTrain(
    { trains = [], ...input }: DatasetInput,
    { current, schema }: Measured,
  ): Promise<Result<readonly Finding[]>> {
    if (trains.length === 0 || !isPaired(input.dataset.role)) return ok([]);
    const candidates: TrainCandidate[] = [];
    for (const train of trains) {
      const content = contentOf(train);
      const { dataset, problems: [problem] = [] } = train;
      const measured = problem === undefined ? await this.measure(train) : failed(problem);
      const profiled = measured.ok ? ok({ dataset, profile: measured.value.current }) : measured;
      candidates.push({ content, measured: profiled });
    }
    const content = contentOf(input);
    const judging = { dataset: input.dataset, profile: current, content, schema };
    return judgeBesideTrain(judging, candidates, this.profiler);
  }
}

export function contentOf(input: DatasetInput): DataContent {
  const { dataset, files, names, contentId, fileIds, states } = input;
  return {
    dataset,
    files,
    ...(names === undefined ? {} : { names }),
    ...(contentId === undefined ? {} : { contentId }),
    ...(fileIds === undefined ? {} : { fileIds }),
    ...(states === undefined ? {} : { states }),
  };
}

function askedOf(
  { dataset, schema, others = [] }: Pick<DatasetInput, 'dataset' | 'schema' | 'others'>,
  reference?: Profile,
): FactsAsked | undefined {
  const ask = factsAsk(dataset, schema, reference);
  return ask && { ask, others: ask.references === undefined ? [] : others };
}

async function findReference(input: DatasetInput, profiler: Profiler): Promise<Past> {
  const { dataset, reference } = input;
  const known = knownPast(input);
  if (known !== undefined || reference === undefined) return known ?? { findings: [] };
  const { source, place, ...content } = reference;
  const there = { ...dataset, ...place };
  // Only what is compared: the schema's own demands are judged on what is there now.
  const profiled = await profiler.profile(
    { dataset: there, ...content },
    undefined,
    askedOf({ dataset: there }),
  );
  if (profiled.ok) return { reference: { profile: profiled.value, source }, findings: [] };
  const { problem } = profiled;
  if (isEnd(problem)) return { findings: [], problem };
  return { findings: [unreadableReference(dataset, source, problem)] };
}

/** Broken data of the past must not stop the change that repairs it. */
export function unreadableReference(dataset: Dataset, source: string, problem: Problem): Finding {
  return {
    rule: REFERENCE_UNREADABLE,
    severity: 'warning',
    dataset: dataset.name,
    message: `There is nothing to compare with: in ${source} the data could not be read. ${problem.message}`,
    observed: problem.code,
    expected: 'data that can be read',
    samples: [],
  };
}

export function unjudged(problems: readonly Problem[]): Judged {
  return { verdict: 'inconclusive', rows: 0, columns: [], findings: [], problems, exact: true };
}

/** A pointer in the place of the data is a fault of what is committed; whatever else cannot be read is not judged. */
export function unread(dataset: Dataset, problem: Problem): Judged {
  const finding = pointerFinding(dataset, problem);
  if (finding === undefined) return unjudged([problem]);
  return { ...unjudged([]), verdict: 'fail', findings: [finding] };
}

function verdictOf(findings: readonly Finding[]): Verdict {
  const severities = new Set(findings.map(({ severity }) => severity));
  if (severities.has('error')) return 'fail';
  return severities.has('warning') ? 'warn' : 'pass';
}
