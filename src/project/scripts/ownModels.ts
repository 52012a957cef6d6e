import type { DetectedModel, DetectedStage } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { isGlob, matchesGlob } from '../files/globMatch';
import { versionGlob } from '../classify/modelPath';

/**
 * The models of this project among those that scripts name: that are there, or that a script writes. What is only
 * read and is not there (`yolov5s.pt`) is somebody else's, to be downloaded.
 */
export function ownModels(
  models: readonly DetectedModel[],
  stages: readonly DetectedStage[],
  files: FileIndex,
): readonly DetectedModel[] {
  const written = new Set(stages.flatMap((stage) => stage.outputs.map(versionGlob)));
  return models.filter(({ path }) => written.has(path) || isThere(path, files));
}

function isThere(path: string, files: FileIndex): boolean {
  if (!isGlob(path)) return files.has(path);
  return files.paths.some((file) => matchesGlob(file, path));
}
