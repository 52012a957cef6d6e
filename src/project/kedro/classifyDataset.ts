import { formatOfPath, isDatasetPath, roleOfPath } from '../classify/datasetPath';
import type { DetectedDataset, DetectedModel } from '../detector';
import { isWrittenMetricsPath } from '../classify/metricsPath';
import { isModelPath } from '../classify/modelPath';
import { baseName } from '../files/paths';
import type { DatasetFormat, MetricsFile } from '../project';
import type { CatalogDataset } from './catalog';

/** What a dataset of the catalog is to this program: data, a model, metrics, or nothing that has a name of its own. */
export interface Classified {
  readonly dataset?: DetectedDataset;
  readonly model?: DetectedModel;
  readonly metrics?: MetricsFile;
}

const METRICS = /(?:^|\.)tracking\.Metrics?Data[sS]et$/;
const MODEL = /pickle|joblib|model|torch|keras|onnx|xgboost|lightgbm|catboost|skops/i;
const TABLES: readonly (readonly [RegExp, DatasetFormat])[] = [
  [/(?:^|\.)CSV[A-Z]\w*$/, 'csv'],
  [/(?:^|\.)Parquet\w*$/, 'parquet'],
  [/(?:pandas|polars|dask|spark)\.JSON\w*$/, 'json'],
];

/** @param newest the last version of a path; undefined where there is none */
export function classifyDataset(
  described: CatalogDataset,
  newest: (path: string) => string | undefined,
  name = '',
): Classified {
  const { type, path, evidence } = described;
  if (path === undefined || path.includes('{')) return {};
  const place = [evidence];
  // Every version is a file of this name in a folder of its own.
  const files = described.isVersioned ? `${path}/*/${baseName(path)}` : path;
  const last = described.isVersioned ? newest(path) : path;
  if (METRICS.test(type) || (/JSON|YAML/.test(type) && isWrittenMetricsPath(path))) {
    return last === undefined ? {} : { metrics: { path: last, evidence: place } };
  }
  if (MODEL.test(type) && isModelPath(path)) return { model: { path: files, evidence: place } };
  const format = formatOf(type, path);
  if (format === undefined || last === undefined) return {};
  const named = roleOfPath(`${name.replaceAll('.', '_')}.csv`);
  return { dataset: { path: last, format, ...named, ...roleOfPath(path), evidence: place } };
}

/** Undefined where it is no table, or one that tells of a run. */
function formatOf(type: string, path: string): DatasetFormat | undefined {
  const declared = TABLES.find(([pattern]) => pattern.test(type))?.[1];
  const isTable = declared === 'json' || (declared !== undefined && isDatasetPath(path));
  return isTable ? (formatOfPath(path) ?? declared) : undefined;
}
