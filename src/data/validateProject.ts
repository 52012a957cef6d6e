import { join } from 'node:path';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import { gravestVerdict } from '../base/verdict';
import type { Config } from '../config/config';
import { ObjectReader } from '../git/objectReader';
import type { Repository } from '../git/repository';
import { defaultBaseline, resolveCommit, type Baseline } from '../git/revisions';
import type { Dataset, Project } from '../project/project';
import { schemaPath } from './baseline/datasetFiles';
import { placeFindings } from './schema/placeFindings';
import { chooseDatasets } from './chooseDatasets';
import type { FileState } from './content/fileState';
import { tellUnseen } from './content/contentUnseen';
import { pruneContent } from './content/contentFolder';
import type { ContentSource } from './content/contentSource';
import { DatasetPlacer, type PlacedDataset, type PlacerOptions } from './content/contentOfDataset';
import type { EngineCommand } from './engine/engineCommand';
import type { DatasetReport, ValidationReport } from './report';
import { addPeerFindings } from './peers/addPeerFindings';
import { isPaired } from './pairTrain';
import { chooseFooters, quickCheckDatasets } from './footer/quickCheck';
import { validateDatasets, type DatasetInput, type ValidateProgress } from './validate';

export interface ValidateProjectRequest {
  readonly project: Project;
  readonly repository: Repository | undefined;
  readonly stateFolder: string;
  /** Whose content is judged. */
  readonly source: ContentSource;
  /** Only these datasets; default: all. */
  readonly names?: readonly string[];
  /** The version that datasets without a committed baseline are compared with; default: see `config`. */
  readonly baseline?: Baseline;
  /**
   * What to compare with instead of the committed baselines: a version reference, or the name of a dataset, which goes
   * before a version of the same name.
   */
  readonly against?: string;
  /** Its `gate.baseline` is the default for `baseline`; without it, the merge base with the default branch, else HEAD. */
  readonly config?: Config;
  /**
   * Measures only, on edges and categories chosen from the data itself, for a new baseline: nothing is judged. Those of
   * the old baseline may divide the new data badly.
   */
  readonly measureOnly?: boolean;
  /**
   * Reads only the footers of Parquet files: what they show is certain, and nothing passes. Of datasets that are not named,
   * only those that are Parquet.
   */
  readonly quick?: boolean;
  /** So many of the rows that each finding is about are listed in it; default none. */
  readonly rows?: number;
  readonly engine: EngineCommand;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ValidateProgress) => void;
}

export interface ProjectValidation extends ValidationReport {
  /** Files outside git's store that were read, as they were: the report holds while they stay so. */
  readonly foreign: readonly FileState[];
}

/**
 * Judges the datasets of a project: their content, schema and committed baseline all from the same source. A dataset
 * whose content is not here is reported with the problem, and the others go on. Problems `dataset-unknown`, `no-footer`,
 * `revision-unknown`, `cancelled`, and those of git.
 */
export async function validateProject(
  request: ValidateProjectRequest,
): Promise<Result<ProjectValidation>> {
  const named = chooseDatasets(request.project.datasets, request.names);
  const datasets =
    named.ok && request.quick === true
      ? chooseFooters(named.value, request.names !== undefined)
      : named;
  if (!datasets.ok) return datasets;
  const compared = await chooseReference(request);
  if (!compared.ok) return compared;
  const { repository, signal } = request;
  const reader = repository === undefined ? undefined : new ObjectReader(repository);
  try {
    const placer = await DatasetPlacer.open({
      project: request.project,
      repository,
      stateFolder: request.stateFolder,
      source: request.source,
      reader,
      ...compared.value,
    });
    if (!placer.ok) return placer;
    const placed: PlacedDataset[] = [];
    const beside = trainsBeside(datasets.value, request);
    for (const dataset of [...datasets.value, ...beside]) {
      if (signal?.aborted === true) return cancelled();
      request.onProgress?.({ dataset: dataset.name, what: 'finding its content' });
      placed.push(await placer.value.place(dataset));
    }
    const validated = await validatePlaced(placed, datasets.value.length, request);
    return signal?.aborted === true ? cancelled() : ok(validated);
  } finally {
    reader?.dispose();
    await pruneContent(request.stateFolder);
  }
}

type Compared = Pick<PlacerOptions, 'baseline' | 'against'>;

/** What everything is compared with: as the request says, else as the configuration says. */
async function chooseReference(request: ValidateProjectRequest): Promise<Result<Compared>> {
  const { against, project, repository, config } = request;
  const isDataset = project.datasets.some(({ name }) => name === against);
  const revision = isDataset ? undefined : against;
  if (revision !== undefined && repository === undefined) return failed(noVersions(revision));
  const baseline = await chooseBaseline(request, revision ?? config?.gate?.baseline);
  if (!baseline.ok) return baseline;
  if (against === undefined) return ok({ baseline: baseline.value });
  return ok({
    baseline: baseline.value,
    against: isDataset ? { dataset: against } : 'version',
  });
}

function noVersions(revision: string): Problem {
  return {
    code: 'revision-unknown',
    message: `There is no dataset "${revision}", and no git repository whose version it could be.`,
  };
}

function cancelled(): Result<never> {
  return failed({ code: 'cancelled', message: 'Cancelled.' });
}

/** The training data that are not asked for by name, where something that is has to be looked at beside them. */
function trainsBeside(
  chosen: readonly Dataset[],
  { project, measureOnly = false, quick = false }: ValidateProjectRequest,
): readonly Dataset[] {
  if (measureOnly || quick || !chosen.some(({ role }) => isPaired(role))) return [];
  return project.datasets.filter(
    (dataset) => dataset.role === 'train' && !chosen.includes(dataset),
  );
}

/** Undefined before the first commit, and outside git. */
async function chooseBaseline(
  { repository, baseline }: ValidateProjectRequest,
  reference: string | undefined,
): Promise<Result<Baseline | undefined>> {
  if (baseline !== undefined || repository === undefined) return ok(baseline);
  if (reference === undefined) return ok(await defaultBaseline(repository));
  const commit = await resolveCommit(repository, reference);
  return commit.ok ? ok({ commit: commit.value, name: reference }) : commit;
}

/** Judges the content that was found. */
function judgePlaced(
  inputs: readonly DatasetInput[],
  { engine, stateFolder, signal, onProgress, rows, quick = false }: ValidateProjectRequest,
): Promise<ValidationReport> {
  if (quick) return quickCheckDatasets(inputs);
  return validateDatasets(inputs, {
    engine,
    cacheFolder: join(stateFolder, 'profiles'),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(rows === undefined ? {} : { rows }),
  });
}

/** @param reported how many of them, the first ones, are judged; the others are training data for these */
async function validatePlaced(
  located: readonly PlacedDataset[],
  reported: number,
  request: ValidateProjectRequest,
): Promise<ProjectValidation> {
  const { measureOnly = false, quick = false } = request;
  const placed = measureOnly ? located : withTrains(located);
  const report = await judgePlaced(
    placed.slice(0, reported).map(({ input }) => (measureOnly ? unjudgedInput(input) : input)),
    request,
  );
  const datasets = await Promise.all(
    report.datasets.map(async (dataset, index) => {
      const { unseen, schemaText, peers, written, input } = placed[index] ?? {};
      const report = tellUnseen(placeInSchema(dataset, schemaText), unseen);
      // A quick check says only what the footers do.
      if (peers === undefined || measureOnly || quick) return report;
      return addPeerFindings(report, peers, { schema: input?.schema, written });
    }),
  );
  return {
    verdict: gravestVerdict(datasets.map(({ verdict }) => verdict)),
    datasets,
    foreign: placed.flatMap(({ foreign, peers }) => [...foreign, ...peers.foreign]),
  };
}

/** What is looked at beside the training data, with these. */
function withTrains(placed: readonly PlacedDataset[]): readonly PlacedDataset[] {
  const trains = placed.filter(({ input }) => input.dataset.role === 'train');
  if (trains.length === 0) return placed;
  return placed.map((each) =>
    isPaired(each.input.dataset.role)
      ? { ...each, input: { ...each.input, trains: trains.map(({ input }) => input) } }
      : each,
  );
}

function placeInSchema(report: DatasetReport, schema: string | undefined): DatasetReport {
  if (schema === undefined) return report;
  return { ...report, findings: placeFindings(report.findings, schema, schemaPath(report.name)) };
}

function unjudgedInput({ schema, baseline, reference, ...input }: DatasetInput): DatasetInput {
  void schema;
  void baseline;
  void reference;
  return input;
}
