import type { Config } from '../../config/config';
import type { DetectedModel } from '../detector';
import { matchesGlob } from '../files/globMatch';
import { mergeEvidence } from '../assemble/mergeEvidence';
import { modelName } from '../classify/modelPath';
import { configPaths, type ConfigPlace } from './configPlace';

type ConfigModel = NonNullable<Config['models']>[string];

/** The models, those of preflight.yaml in the place of the detected ones that they mean. */
export function overlayModels(
  detected: readonly DetectedModel[],
  config: Config,
  place: ConfigPlace,
): readonly DetectedModel[] {
  return Object.entries(config.models ?? {}).reduce((models, [name, written]) => {
    const source = place.at('models', name);
    const [path] = configPaths(written.path === undefined ? [] : [written.path], source, place);
    const meant = modelsMeant(name, path, models);
    const known = path ?? meant[0]?.path;
    if (known === undefined) {
      if (written.path === undefined) place.problems.push(modelMissing(name, place));
      return models;
    }
    const added = { ...describeModel(name, written, meant, place), path: known };
    return [...models.filter((other) => !meant.includes(other)), added];
  }, detected);
}

function modelsMeant(
  name: string,
  path: string | undefined,
  models: readonly DetectedModel[],
): readonly DetectedModel[] {
  if (path !== undefined) return models.filter((other) => coversModel(path, other.path));
  const named = models.filter((other) => (other.name ?? modelName(other.path)) === name);
  // Where there is one model only, that is the one that is meant, whatever its file is called.
  return named.length === 0 && models.length === 1 ? models : named;
}

/** `models/model.v3.joblib` in preflight.yaml means the model of all its versions, and so does a glob. */
function coversModel(path: string, detected: string): boolean {
  return detected === path || matchesGlob(path, detected) || matchesGlob(detected, path);
}

function describeModel(
  name: string,
  { metrics }: ConfigModel,
  meant: readonly DetectedModel[],
  place: ConfigPlace,
): Omit<DetectedModel, 'path'> {
  const source = place.at('models', name);
  const copiedFrom = meant.flatMap((other) => other.copiedFrom ?? []);
  return {
    name,
    ...(metrics === undefined ? {} : { metrics: configPaths(metrics, source, place) }),
    ...(copiedFrom.length === 0 ? {} : { copiedFrom }),
    evidence: mergeEvidence([source], ...meant.map((other) => other.evidence)),
  };
}

function modelMissing(name: string, place: ConfigPlace) {
  return {
    code: 'model-path-missing',
    message: `No file of the model "${name}" was found.`,
    ...place.at('models', name),
    fix: 'Say where it is with `path:`.',
  };
}
