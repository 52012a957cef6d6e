import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBaseline } from '../../src/data/baseline/baselineText';
import {
  baselinePath,
  schemaPath,
  writeSchemaAndBaseline,
} from '../../src/data/baseline/baselineFiles';
import type { EngineCommand } from '../../src/data/engine/engineCommand';
import type { Finding } from '../../src/data/finding';
import type { DatasetReport } from '../../src/data/report';
import { parseSchema } from '../../src/data/schema/parseSchema';
import type { SchemaEdit } from '../../src/data/schema/schemaEdit';
import { editSchema } from '../../src/data/schema/schemaText';
import { validateDatasets, type DatasetInput } from '../../src/data/validate';
import type { Dataset } from '../../src/project/project';
import { makeTemporaryFolder } from '../harness/temporaryFolder';
import { seeded } from '../unit/data/seeded';
import type { CleanTable, Corrupted, Corruption } from './corruption';
import { numbersOf, toCsv, valuesOf, withRows, type Table } from './table';
import type { RealTable } from './tables';

/** What became of one corruption of one table. */
export interface Outcome {
  readonly kind: Corruption;
  readonly table: string;
  /** Absent where it does not apply to the table. */
  readonly caught?: boolean;
  /** Above `info`, of other rules than the intended ones and what comes with them. */
  readonly extra: readonly Finding[];
  readonly found: readonly string[];
}

/** The judgement of one table: clean, and corrupted in every way. */
export interface TableOutcome {
  readonly name: string;
  /** Above `info`, of the clean training and test data. */
  readonly clean: readonly Finding[];
  readonly outcomes: readonly Outcome[];
}

/** Judges a table's corruptions as a project would, with a committed schema and baseline; in one engine. */
export async function judgeCorruptions(
  real: RealTable,
  kinds: readonly Corruption[],
  engine: EngineCommand,
): Promise<TableOutcome> {
  const folder = makeTemporaryFolder('corruptions');
  const clean = divide(real);
  const writer = new CaseWriter(folder, real);
  const bases = await commitBases(clean, writer, engine);
  const cases = await Promise.all(
    kinds.map(async (kind, index) => {
      const corrupted = kind.apply(clean, seeded(index + 1));
      return { kind, corrupted, input: corrupted && (await writer.inputOf(corrupted, bases)) };
    }),
  );
  const inputs = [bases.train, bases.test, ...cases.flatMap(({ input }) => input ?? [])];
  const { datasets } = await validateDatasets(inputs, { engine });
  const reports = datasets.slice(2);
  return {
    name: real.name,
    clean: datasets.slice(0, 2).flatMap(({ findings }) => findings.filter(isGrave)),
    outcomes: cases.map(({ kind, corrupted, input }) => {
      const report = input === undefined ? undefined : reports.shift();
      return judge(kind, real.name, corrupted, report);
    }),
  };
}

const isGrave = ({ severity }: Finding): boolean => severity !== 'info';

function judge(
  kind: Corruption,
  table: string,
  corrupted: Corrupted | undefined,
  report: DatasetReport | undefined,
): Outcome {
  if (report === undefined) return { kind, table, extra: [], found: [] };
  const grave = report.findings.filter(isGrave);
  const problems = report.problems.map(({ code }) => code);
  const column = corrupted?.column;
  const caught =
    problems.some((code) => kind.expects.includes(code)) ||
    grave.some(
      (finding) =>
        kind.expects.includes(finding.rule) &&
        (column === undefined || finding.column === undefined || finding.column === column),
    );
  const known = new Set([...kind.expects, ...(kind.also ?? [])]);
  return {
    kind,
    table,
    caught,
    extra: grave.filter(({ rule }) => !known.has(rule)),
    found: [
      ...problems,
      ...report.findings.map(({ rule, column = '', severity }) => `${rule}:${column} ${severity}`),
    ],
  };
}

/** A fifth of the rows for the test. */
function divide(real: RealTable): CleanTable {
  const table = real.load();
  const end = Math.floor(table.rows.length * 0.8);
  const { rows } = table;
  return {
    real,
    train: withRows(table, rows.slice(0, end)),
    test: withRows(table, rows.slice(end)),
  };
}

interface Bases {
  readonly train: DatasetInput;
  readonly test: DatasetInput;
}

/** The clean data with their schemas, which somebody has completed, and baselines. */
async function commitBases(
  clean: CleanTable,
  writer: CaseWriter,
  engine: EngineCommand,
): Promise<Bases> {
  const train = await writer.write(clean.train);
  const test = await writer.write(clean.test);
  const inputs = [writer.inputFor('train', train), writer.inputFor('test', test)];
  const measured = await validateDatasets(inputs, { engine });
  const [ofTrain, ofTest] = await Promise.all(
    measured.datasets.map(async (report, index) => ({
      ...writer.inputFor(index === 0 ? 'train' : 'test', index === 0 ? train : test),
      ...(await writer.commit(report, clean)),
    })),
  );
  if (ofTrain === undefined || ofTest === undefined) throw new Error('The table was not measured.');
  return { train: ofTrain, test: { ...ofTest, trains: [ofTrain] } };
}

class CaseWriter {
  private files = 0;
  private others: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly real: RealTable,
  ) {}

  async write(content: Table | string | Uint8Array): Promise<string> {
    const file = join(this.folder, `${this.files++}.csv`);
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(file, isText ? content : toCsv(content));
    return file;
  }

  inputFor(
    role: 'train' | 'test' | 'production',
    file: string,
    more: Partial<Dataset> = {},
  ): DatasetInput {
    const { key, label } = this.real;
    return {
      dataset: {
        name: role,
        path: `data/${role}.csv`,
        role,
        format: 'csv',
        evidence: [],
        key,
        label,
        ...more,
      },
      files: [file],
      names: [`data/${role}.csv`],
    };
  }

  /** The schema that the data suggest, with what only people know. */
  async commit(report: DatasetReport, clean: CleanTable): Promise<Partial<DatasetInput>> {
    if (report.problems[0] !== undefined) throw new Error(report.problems[0].message);
    const { name } = report;
    const written = await writeSchemaAndBaseline(this.folder, name, report);
    if (!written.ok) throw new Error(written.problem.message);
    const read = (path: string): Promise<string> => readFile(join(this.folder, path), 'utf8');
    const baseline = parseBaseline(await read(baselinePath(name)), name);
    const own = name === 'train' ? clean.train : clean.test;
    const edits = demandsOf(clean, own);
    const edited = editSchema(await read(schemaPath(name)), name, ...edits);
    if (!edited.ok || !baseline.ok) throw new Error('The schema could not be written.');
    const schema = parseSchema(edited.value, name);
    if (!schema.ok) throw new Error(schema.problem[0]?.message);
    const { category } = this.real;
    const values = [
      ...new Set([...valuesOf(clean.train, category), ...valuesOf(clean.test, category)]),
    ];
    this.others ??= await this.write({ columns: ['value'], rows: values.map((value) => [value]) });
    const dataset = {
      ...this.inputFor('train', this.others).dataset,
      name: 'known',
      role: 'other' as const,
    };
    return {
      schema: schema.value,
      baseline: baseline.value,
      others: [{ dataset, files: [this.others] }],
    };
  }

  async inputOf(corrupted: Corrupted, bases: Bases): Promise<DatasetInput> {
    const { content, role = 'train', train, dataset } = corrupted;
    const own = this.inputFor(role, await this.write(content), dataset);
    if (role === 'train') return { ...bases.train, dataset: own.dataset, files: own.files };
    const trains =
      train === undefined ? [bases.train] : [{ ...bases.train, files: [await this.write(train)] }];
    // What comes in from outside has no schema of its own yet.
    const base = role === 'test' && train === undefined ? bases.test : {};
    return { ...base, ...own, trains };
  }
}

/** Bounds, a pattern, the order of the columns, a relation, a rule, a reference and how new the data must be. */
function demandsOf({ real, train, test }: CleanTable, own: Table): readonly SchemaEdit[] {
  const numbers = [...numbersOf(train, real.number), ...numbersOf(test, real.number)];
  const set = (
    path: readonly string[],
    value: Extract<SchemaEdit, { action: 'set' }>['value'],
  ): SchemaEdit => ({
    action: 'set',
    path,
    value,
  });
  const { number, key, category, relation, rule, date } = real;
  const span = Math.max(...numbers) - Math.min(...numbers);
  return [
    set(['columns', number, 'min'], Math.min(...numbers) - span),
    set(['columns', number, 'max'], Math.max(...numbers) + span),
    set(['columns', key, 'pattern'], '[A-Z][0-9]+'),
    set(['columns', category, 'references'], { dataset: 'known', column: 'value' }),
    set(['ordered'], true),
    set(['relations'], [relation]),
    set(['rules'], [{ name: 'of the project', sql: rule }]),
    ...(date === undefined
      ? []
      : [set(['freshness'], { column: date, within: ageOf(valuesOf(own, date)) })]),
  ];
}

/** With a day to spare. */
function ageOf(dates: readonly (string | null)[]): string {
  const last = Math.max(...dates.map((date) => Date.parse(date ?? '')).filter(Number.isFinite));
  return `${Math.ceil((Date.now() - last) / 86_400_000) + 3}d`;
}
