import type { Evidence } from '../../base/evidence';
import { formatOfPath, isDatasetPath, roleOfPath } from './datasetPath';
import type { DetectedDataset, DetectedModel } from '../detector';
import { isModelPath, versionGlob } from './modelPath';

/** What a path that a tool or a script names is, by its extension: a dataset, a model, or nothing that has a name of its own. */
export function classifyPath(
  path: string,
  evidence: Evidence,
): { readonly dataset?: DetectedDataset; readonly model?: DetectedModel } {
  if (isModelPath(path)) return { model: { path: versionGlob(path), evidence: [evidence] } };
  const format = formatOfPath(path);
  if (format === undefined || !isDatasetPath(path)) return {};
  return { dataset: { path, format, ...roleOfPath(path), evidence: [evidence] } };
}
