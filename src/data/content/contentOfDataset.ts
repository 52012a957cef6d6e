import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { MAX_OBJECT_BYTES, type ObjectReader } from '../../git/objectReader';
import type { Repository } from '../../git/repository';
import type { Baseline as BaselineVersion } from '../../git/revisions';
import type { Dataset, Project } from '../../project/project';
import { baselinePath, schemaPath } from '../baseline/baselineFiles';
import { parseBaseline } from '../baseline/baselineText';
import { locateContent, type LocateContext, type LocatedContent } from './contentAt';
import { findDvcCaches } from './contentDvcCache';
import { readDvcOutputs } from './contentDvcOutputs';
import { openSource, sayWhere, type ContentSource } from './contentSource';
import { lastWritten } from './contentWritten';
import type { FileState } from './fileState';
import { placePeerResults, type PlacedResults } from '../peers/placePeerResults';
import type { DataContent } from '../profile/profiler';
import { parseSchema } from '../schema/parseSchema';
import type { Schema } from '../schema/schema';
import type { DatasetInput, DatasetReference } from '../validate';

/** A dataset with where its content is and what it is judged against. */
export interface PlacedDataset {
  readonly input: DatasetInput;
  readonly foreign: readonly FileState[];
  /** The committed schema as it is written, for the lines that findings are about. */
  readonly schemaText?: string;
  /** Why its past could not be looked at, where it has one: the dataset can then be judged by its schema only. */
  readonly unseen?: Problem;
  /** What other tools say of it. */
  readonly peers: PlacedResults;
  /** When its content was last written, where that is sure; in milliseconds since the epoch. */
  readonly written?: number;
}

export interface PlacerOptions {
  readonly project: Project;
  readonly repository: Repository | undefined;
  readonly reader: ObjectReader | undefined;
  readonly stateFolder: string;
  readonly source: ContentSource;
  /** The version of the reference where no baseline is committed; undefined where there is none. */
  readonly baseline: BaselineVersion | undefined;
  /** What to compare with instead of the committed baseline: the version above, or another dataset by its name. */
  readonly against?: 'version' | { readonly dataset: string };
}

/** Finds, for each dataset, its content, its schema and its baseline at one source. */
export class DatasetPlacer {
  private before: Promise<Result<LocateContext>> | undefined;

  private constructor(
    private readonly options: PlacerOptions,
    private readonly now: LocateContext,
  ) {}

  static async open(options: PlacerOptions): Promise<Result<DatasetPlacer>> {
    const context = await openContext(options, options.source);
    return context.ok ? ok(new DatasetPlacer(options, context.value)) : context;
  }

  async place(dataset: Dataset): Promise<PlacedDataset> {
    const placed = await this.placeAlone(dataset);
    return withReferenced(placed, await this.locateReferenced(dataset, placed.input.schema));
  }

  private async placeAlone(dataset: Dataset): Promise<PlacedDataset> {
    const [content, schema, reference, peers] = await Promise.all([
      this.locate(dataset),
      this.readSchema(dataset.name),
      this.findReference(dataset),
      placePeerResults(dataset, this.now),
    ]);
    const problems = [
      ...(content.ok ? [] : [content.problem]),
      ...(schema.ok ? [] : schema.problem),
      ...(reference.ok ? [] : [reference.problem]),
    ];
    const { files = [], names = [], foreign = [] } = content.ok ? content.value : {};
    const written = schema.ok ? schema.value : undefined;
    const against: Reference = reference.ok ? reference.value : NO_REFERENCE;
    const input: DatasetInput = {
      dataset,
      files,
      names,
      ...identify(content),
      ...(written === undefined ? {} : { schema: written.schema }),
      ...against.judgedBy,
      ...(problems.length === 0 ? {} : { problems }),
    };
    const unseen = against.unseen === undefined ? {} : { unseen: against.unseen };
    const text = written === undefined ? {} : { schemaText: written.text };
    return {
      input,
      foreign: [...foreign, ...against.foreign],
      peers,
      ...(await this.dateContent(content, peers)),
      ...text,
      ...unseen,
    };
  }

  /** Only where there is something to compare it with. */
  private async dateContent(
    content: Result<LocatedContent>,
    { results }: PlacedResults,
  ): Promise<Pick<PlacedDataset, 'written'>> {
    if (!content.ok || results.length === 0) return {};
    const written = await lastWritten(content.value, this.now);
    return written === undefined ? {} : { written };
  }

  /** The content of the datasets that columns refer to, each once. */
  private async locateReferenced(
    { name }: Dataset,
    schema: Schema | undefined,
  ): Promise<Result<readonly FoundContent[]>> {
    const names = new Set(schema?.columns.flatMap(({ references }) => references?.dataset ?? []));
    const located: FoundContent[] = [];
    for (const other of names) {
      const dataset = this.options.project.datasets.find((candidate) => candidate.name === other);
      if (dataset === undefined) return failed(unknownReference(name, other));
      const content = await this.find(dataset);
      if (!content.ok) return content;
      located.push(content.value);
    }
    return ok(located);
  }

  /** Only where its content is. */
  async find(dataset: Dataset): Promise<Result<FoundContent>> {
    const content = await this.locate(dataset);
    if (!content.ok) return content;
    const { files, names, foreign } = content.value;
    return ok({ content: { dataset, files, names, ...identify(content) }, foreign });
  }

  /** Where the content of a dataset is. */
  private async locate(dataset: Dataset): Promise<Result<LocatedContent>> {
    const content = await locateContent(dataset, this.now);
    if (!content.ok) return content;
    return content.value === undefined ? failed(this.missing(dataset)) : ok(content.value);
  }

  private missing(dataset: Dataset): Problem {
    const place = dataset.evidence[0];
    const where = sayWhere(this.options.source);
    return {
      code: 'content-missing',
      message: `The dataset "${dataset.name}" is ${dataset.path}, which is not in ${where}.`,
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
      fix: 'Run the stage that makes it, get it, or correct its path in preflight.yaml.',
    };
  }

  private async readSchema(name: string) {
    const file = schemaPath(name);
    const text = await this.readOptional(file);
    if (text === undefined) return ok(undefined);
    if (!text.ok) return { ok: false as const, problem: [text.problem] };
    const schema = parseSchema(text.value, file);
    return schema.ok ? ok({ schema: schema.value, text: text.value }) : schema;
  }

  /** What the dataset is compared with: a committed baseline, another dataset, or its own past. */
  private async findReference(dataset: Dataset): Promise<Result<Reference>> {
    const { against } = this.options;
    if (against === 'version') return this.locatePast(dataset);
    if (against !== undefined) return this.locateOther(dataset, against.dataset);
    const file = baselinePath(dataset.baseline ?? dataset.name);
    const text = await this.readOptional(file);
    if (text?.ok === true) {
      const baseline = parseBaseline(text.value, file);
      return baseline.ok ? ok({ judgedBy: { baseline: baseline.value }, foreign: [] }) : baseline;
    }
    if (text !== undefined) return text;
    return dataset.baseline === undefined
      ? this.locatePast(dataset)
      : this.locateOther(dataset, dataset.baseline);
  }

  private async locateOther(dataset: Dataset, name: string): Promise<Result<Reference>> {
    const other = this.options.project.datasets.find((candidate) => candidate.name === name);
    if (other !== undefined) return locateReference(other, this.now, `dataset ${name}`);
    const place = dataset.evidence.at(-1);
    return failed({
      code: 'dataset-unknown',
      message: `The dataset "${dataset.name}" is compared with "${name}", which is not known.`,
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
      fix: 'Correct its `baseline` in preflight.yaml.',
    });
  }

  private async locatePast(dataset: Dataset): Promise<Result<Reference>> {
    const { baseline } = this.options;
    if (baseline === undefined) return ok(NO_REFERENCE);
    this.before ??= openContext(this.options, { commit: baseline.commit });
    const before = await this.before;
    if (!before.ok) return before;
    const source = `${baseline.name} (${baseline.commit.slice(0, 7)})`;
    return locateReference(dataset, before.value, source);
  }

  /** A baseline of 10,000 columns has 10 MB; of git's store as much is read. */
  private async readOptional(file: string): Promise<Result<string> | undefined> {
    const { files } = this.now.source;
    return files.paths.includes(file) ? files.readText(file, MAX_OBJECT_BYTES) : undefined;
  }
}

/** Where the content of a dataset is at one source, and what others can change of it. */
export interface FoundContent {
  readonly content: DataContent;
  readonly foreign: readonly FileState[];
}

function withReferenced(
  { input, foreign, ...placed }: PlacedDataset,
  located: Result<readonly FoundContent[]>,
): PlacedDataset {
  if (!located.ok) {
    const problems = [...(input.problems ?? []), located.problem];
    return { ...placed, foreign, input: { ...input, problems } };
  }
  const others = located.value.map(({ content }) => content);
  return {
    ...placed,
    foreign: [...foreign, ...located.value.flatMap((other) => other.foreign)],
    input: { ...input, ...(others.length === 0 ? {} : { others }) },
  };
}

function unknownReference(name: string, other: string): Problem {
  return {
    code: 'dataset-unknown',
    message: `A column refers to the dataset "${other}", which is not known.`,
    file: schemaPath(name),
    fix: 'Correct its `references`, or name the dataset in preflight.yaml.',
  };
}

function identify(
  content: Result<LocatedContent>,
): Pick<DatasetInput, 'contentId' | 'fileIds' | 'states'> {
  if (!content.ok) return {};
  const { contentId, fileIds, foreign } = content.value;
  return {
    states: foreign,
    ...(contentId === undefined ? {} : { contentId }),
    ...(fileIds === undefined ? {} : { fileIds }),
  };
}

interface Reference {
  readonly judgedBy?: Pick<DatasetInput, 'baseline' | 'reference'>;
  readonly foreign: readonly FileState[];
  readonly unseen?: Problem;
}

const NO_REFERENCE: Reference = { foreign: [] };

async function openContext(
  { project, repository, reader, stateFolder }: PlacerOptions,
  source: ContentSource,
): Promise<Result<LocateContext>> {
  const opened = await openSource(project.root, source, { repository, reader });
  if (!opened.ok) return opened;
  const isWorkTree = source === 'worktree';
  const dvc = isWorkTree ? { outputs: [], problems: [] } : await readDvcOutputs(opened.value.files);
  const caches = isWorkTree ? [] : await findDvcCaches(project.root, repository);
  return ok({ source: opened.value, dvc, caches, repository, reader, stateFolder });
}

async function locateReference(
  { path, format }: Dataset,
  context: LocateContext,
  source: string,
): Promise<Result<Reference>> {
  const located = await locateContent({ path, format }, context);
  if (!located.ok)
    return located.problem.code === 'content-not-here'
      ? ok(unseen(located.problem, source))
      : located;
  if (located.value === undefined) return ok(NO_REFERENCE);
  const { files, names, contentId, foreign } = located.value;
  const reference: DatasetReference = {
    files,
    names,
    place: { path, format },
    source,
    states: foreign,
    ...(contentId === undefined ? {} : { contentId }),
  };
  return ok({ judgedBy: { reference }, foreign });
}

/** A clone seldom has the past of what DVC keeps: no reason not to judge the rest. */
function unseen(problem: Problem, source: string): Reference {
  const message = `It cannot be compared with ${source}, whose content is not on this machine.`;
  const fix = 'Commit a baseline: `ml-preflight validate --write-baseline`.';
  return { foreign: [], unseen: { ...problem, message, fix } };
}
