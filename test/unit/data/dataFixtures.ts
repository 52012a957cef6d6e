import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../../src/base/canonicalJson';
import type { Problem } from '../../../src/base/problem';
import { openDatabase } from '../../../src/data/engine/database';
import { DataError } from '../../../src/data/engine/dataError';
import type { EngineCommand } from '../../../src/data/engine/engineCommand';
import { measureFacts } from '../../../src/data/engine/facts/measureFacts';
import { measureData } from '../../../src/data/engine/measure/measureData';
import { openSource } from '../../../src/data/engine/openSource';
import { finishProfile } from '../../../src/data/profile/finishProfile';
import type { PartMeasures } from '../../../src/data/profile/measures';
import type { FactsAsk } from '../../../src/data/profile/factsAsk';
import type {
  ColumnProfile,
  Profile,
  ProfileShape,
  RowFacts,
} from '../../../src/data/profile/profile';
import type { Dataset, DatasetFormat } from '../../../src/project/project';
import { makeTemporaryFolder } from '../../harness/temporaryFolder';

/** The engine from its source. */
export const ENGINE: EngineCommand = {
  file: join(__dirname, '../../../src/data/engine/main.ts'),
  execArgv: ['--import', 'tsx'],
};

/** When tests judge. */
export const NOW = new Date('2026-01-02T03:04:05Z');

let folder: string | undefined;
let files = 0;

/** A new file in a folder that goes with this process. */
export function writeData(content: string | Uint8Array, extension = 'csv'): string {
  folder ??= makeTemporaryFolder('data');
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

export interface ProfileSettings {
  readonly format?: DatasetFormat;
  readonly shape?: ProfileShape;
  readonly threads?: number;
  /** The files' names for people. */
  readonly shown?: readonly string[];
  /** Their paths below the dataset's folder. */
  readonly within?: readonly string[];
  /** The table, sheet or array that is meant. */
  readonly member?: string;
}

/** What is asked of the rows of files, measured by a real DuckDB in this process. @throws DataError */
export async function factsOfFiles(
  paths: readonly string[],
  ask: FactsAsk,
  { format = 'csv', threads = 2 }: Pick<ProfileSettings, 'format' | 'threads'> = {},
): Promise<RowFacts> {
  const files = paths.map((path) => ({ path, shown: `data.${format}` }));
  const database = await openDatabase(files, threads);
  try {
    const columns = await openSource(database, format);
    return await measureFacts(database, { columns, ask, others: [], onProgress: () => {} });
  } finally {
    await database.close();
  }
}

/** Profiles files by a real DuckDB in this process. @throws DataError */
export async function profileFiles(
  paths: readonly string[],
  settings: ProfileSettings = {},
): Promise<Profile> {
  const finished = finishProfile(await measureFiles(paths, settings), settings.shape);
  return JSON.parse(canonicalJson(finished)) as Profile;
}

/** Measures files as one part. @throws DataError */
export async function measureFiles(
  paths: readonly string[],
  { format = 'csv', shape, threads, shown = [], within, member }: ProfileSettings = {},
): Promise<PartMeasures> {
  const sources = paths.map((path, index) => ({
    path,
    shown: shown[index] ?? `data${index}.${format}`,
    ...(within?.[index] === undefined ? {} : { within: within[index] }),
    ...(member === undefined ? {} : { member }),
  }));
  const database = await openDatabase(sources, threads);
  try {
    const opened = await openSource(database, format);
    return await measureData(database, opened, { format, shape, onProgress: () => {} });
  } finally {
    await database.close();
  }
}

/** Profiles text. */
export function profileText(text: string | Uint8Array, settings: ProfileSettings = {}) {
  return profileFiles([writeData(text, settings.format)], settings);
}

/** What is wrong with a file. */
export async function problemOf(
  text: string | Uint8Array,
  settings: ProfileSettings = {},
): Promise<Problem> {
  try {
    await profileText(text, settings);
  } catch (error) {
    if (error instanceof DataError) return error.problem;
    throw error;
  }
  throw new Error('There was no problem.');
}

export function columnOf(profile: Profile, name: string): ColumnProfile {
  const column = profile.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`There is no column ${name}.`);
  return column;
}

export function datasetOf(format: DatasetFormat = 'csv', more: Partial<Dataset> = {}): Dataset {
  return {
    name: 'train',
    path: `data/train.${format}`,
    role: 'train',
    format,
    evidence: [],
    ...more,
  };
}

/** CSV text of rows. */
export function csvOf(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [header, ...rows].map((row) => row.join(',')).join('\n');
}
