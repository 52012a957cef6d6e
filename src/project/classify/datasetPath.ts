import { extensionOf, folderOf, stemOf } from '../files/paths';
import type { DatasetFormat, DatasetRole } from '../project';
import { splitMember } from './memberPath';

const FORMATS: Readonly<Record<string, DatasetFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'json',
  '.arrow': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
  '.db': 'sqlite',
  '.db3': 'sqlite',
  '.sqlite': 'sqlite',
  '.sqlite3': 'sqlite',
  '.xlsx': 'excel',
  '.xlsm': 'excel',
  '.xls': 'excel',
  '.npy': 'numpy',
  '.npz': 'numpy',
};

/** The extensions of files that may be data by themselves; a `.json` and an `.xls` need another sign. */
export const DATA_EXTENSIONS: readonly string[] = [
  ...Object.keys(FORMATS).filter((extension) => extension !== '.json' && extension !== '.xls'),
  '.gz',
  '.zst',
];

/** Formats that are read also where they are compressed. */
const PACKED: ReadonlySet<DatasetFormat | undefined> = new Set(['csv', 'tsv', 'json', 'jsonl']);

/** The format that a path's extension says (`.csv`, `.csv.gz`); undefined where it is none that is read as data. */
export function formatOfPath(written: string): DatasetFormat | undefined {
  const path = splitMember(written).file;
  const extension = extensionOf(path);
  if (extension !== '.gz' && extension !== '.zst') return FORMATS[extension];
  const format = FORMATS[extensionOf(path.slice(0, -extension.length))];
  return PACKED.has(format) ? format : undefined;
}

/** Tables that tell of a run or of what a model said: they change with every model, and are not its data. */
const REPORT =
  /(?:^|[^a-z])(?:metrics?|history|loss(?:es)?|cv_results|leaderboard|importances?|logs?|benchmarks?|report|summary|confusion|roc|prc|curve|codecarbon|emissions|predictions?|preds?|submissions?)(?:[^a-z]|$)/i;

/** Whether a path is that of a dataset by its name: not a table of losses or of metrics. */
export function isDatasetPath(written: string): boolean {
  const path = splitMember(written).file;
  const format = formatOfPath(path);
  const isData =
    format !== undefined && format !== 'json' && DATA_EXTENSIONS.includes(extensionOf(path));
  if (!isData || REPORT.test(stemOf(path))) return false;
  return format !== 'sqlite' || (AMONG_DATA.test(path) && !OF_A_TOOL.test(stemOf(path)));
}

/** A database is data only among data: elsewhere it may be that of an application. */
const AMONG_DATA = /(?:^|\/)(?:data|datasets?)\//i;

/** Databases in which tools keep what they know. */
const OF_A_TOOL =
  /(?:^|[^a-z])(?:mlflow|optuna|study|studies|airflow|prefect|dagster|cache)(?:[^a-z]|$)/i;

/** What a dataset is called by its path: the stem without its unknown parts, else the folder. */
export function datasetName(written: string): string {
  const { file, member } = splitMember(written);
  const path = file.replace(/\.(?:gz|zst)$/i, '');
  if (member !== undefined) return member;
  const own = stemOf(path)
    .replace(/\*+/g, '')
    .replace(/^[._-]+|[._-]+$/g, '');
  if (own !== '') return own;
  const folders = folderOf(path)
    .split('/')
    .filter((folder) => /[^*.]/.test(folder));
  return folders.at(-1) ?? 'data';
}

const ROLE_WORDS: readonly (readonly [DatasetRole, ReadonlySet<string>])[] = [
  ['train', new Set(['train', 'training', 'trainset', 'trn'])],
  ['validation', new Set(['valid', 'validation', 'val', 'dev', 'devset'])],
  ['test', new Set(['test', 'testing', 'testset', 'holdout', 'eval', 'evaluation'])],
  ['reference', new Set(['reference', 'baseline', 'golden'])],
  ['production', new Set(['production', 'prod', 'live', 'current', 'requests', 'serving'])],
];

/** The role that the file's name says, else its folder's: `X_train` and `test-set`, but not `trainer`. */
export function roleOfPath(path: string): { readonly role?: DatasetRole } {
  const role = roleOfName(stemOf(path)) ?? roleOfName(folderOf(path));
  return role === undefined ? {} : { role };
}

function roleOfName(name: string): DatasetRole | undefined {
  // What a model said of the test set is not the test set.
  if (/predict|submission/i.test(name)) return undefined;
  const words = name.toLowerCase().split(/[^a-z]+/);
  const roles = ROLE_WORDS.filter(([, known]) => words.some((word) => known.has(word)));
  // `train_test_split.csv` says nothing.
  return roles.length === 1 ? roles[0]?.[0] : undefined;
}
