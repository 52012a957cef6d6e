import type { Evidence } from '../base/evidence';
import { DATA_EXTENSIONS, formatOfPath, roleOfPath } from './datasetPath';
import type { DetectedDataset, DetectedModel } from './detector';
import { isModelPath, versionGlob } from './modelPath';
import { extensionOf } from './paths';

/** What a path that DVC names is, by its extension: a dataset, a model, or nothing that has a name of its own. */
export function classifyPath(
  path: string,
  evidence: Evidence,
): { readonly dataset?: DetectedDataset; readonly model?: DetectedModel } {
  if (isModelPath(path)) return { model: { path: versionGlob(path), evidence: [evidence] } };
  const format = formatOfPath(path);
  if (format === undefined || !(DATA_EXTENSIONS as readonly string[]).includes(extensionOf(path))) {
    return {};
  }
  return { dataset: { path, format, ...roleOfPath(path), evidence: [evidence] } };
}
