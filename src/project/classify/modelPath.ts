import { isKedroVersion, kedroVersionGlob } from '../kedro/versionedPath';
import { baseName, extensionOf, folderOf, stemOf } from '../files/paths';

/** Files that hold a trained model, by extension. */
export const MODEL_EXTENSIONS = [
  '.joblib',
  '.pkl',
  '.pickle',
  '.onnx',
  '.pt',
  '.pth',
  '.safetensors',
  '.h5',
  '.keras',
  '.tflite',
  '.pmml',
  '.cbm',
  '.ubj',
  '.gguf',
  '.mlmodel',
] as const;

const MODELS: ReadonlySet<string> = new Set(MODEL_EXTENSIONS);
/** Of these, those that hold other things as well. */
const NOT_ALWAYS_MODELS: ReadonlySet<string> = new Set([
  '.joblib',
  '.pkl',
  '.pickle',
  '.pt',
  '.pth',
  '.h5',
]);

/** Pickles, PyTorch's too, hold anything: vectorisers, scalers, data. What these words say is no model. */
const NO_MODEL =
  /(?:^|[^a-z])(?:(?:train|test)?data|dataset|vectors?|samples?|optim(?:izer)?|features?|matrix|matrices|train|test|valid|val|x|y|dv|scalers?|encoders?|vectori[sz]ers?|preprocessors?|tokenizers?|labels?|cache|columns?|index|mapping|history|results?)(?:[^a-z]|$)/;
/** Folders of what models are made of: a pickle there is data, unless it says that it is a model. */
const DATA_FOLDER =
  /(?:^|\/)(?:\d+_)?(?:raw|interim|intermediate|primary|features?|feature_\w+|model_input|processed(?:_data)?)(?:\/|$)/;
const MODEL_WORD =
  /model(?!_?state|_?optim)|classifier|regressor|estimator|pipeline|forest|xgb|lgbm|svm|knn|network|(?:^|[^a-z])(?:clf|net|lin_?reg|log_?reg|best)(?:[^a-z]|$)/;

/** Whether a path is that of a trained model. Pickles are one only where the name does not speak against it. */
export function isModelPath(path: string): boolean {
  const extension = extensionOf(path);
  if (!MODELS.has(extension)) return false;
  const stem = stemOf(path).toLowerCase();
  // `epoch_*_loss_*.pt` are checkpoints: of two unknown parts none is the version.
  if (/\*.*\*|(?:epoch|step|iter|checkpoint|ckpt)[a-z]*[._-]?\*/.test(stem)) return false;
  if (!NOT_ALWAYS_MODELS.has(extension)) return true;
  if (/(?:^|[^a-z])(?:hyper_?)?param(?:eter)?s(?:[^a-z]|$)/.test(stem)) return false;
  if (MODEL_WORD.test(stem)) return true;
  return !NO_MODEL.test(stem) && !DATA_FOLDER.test(folderOf(path).toLowerCase());
}

const VERSION = /^(.*?)([._-]?)(v(?:er(?:sion)?)?[._-]?)(\d+(?:[._]\d+)*|\*)$/i;

/**
 * The path that all numbered versions of a model share: `models/model.v*.joblib` of `models/model.v12.joblib`.
 * The path itself where it carries no version; a bare number (`resnet50.pt`) is none.
 */
export function versionGlob(path: string): string {
  if (isKedroVersion(path)) return kedroVersionGlob(path);
  const match = VERSION.exec(stemOf(path));
  if (match === null || match[1] === '') return path;
  const name = `${match[1]}${match[2]}${match[3]}*${baseName(path).slice(stemOf(path).length)}`;
  return folderOf(path) === '.' ? name : `${folderOf(path)}/${name}`;
}

/** The model's name: the file's stem without its version. */
export function modelName(path: string): string {
  const stem = stemOf(path);
  const match = VERSION.exec(stem);
  const name = (match?.[1] ?? stem).replace(/\*+/g, '').replace(/^[._-]+|[._-]+$/g, '');
  return name === '' ? 'model' : name;
}
