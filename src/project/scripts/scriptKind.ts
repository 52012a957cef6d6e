import type { KnownKind } from '../detector';
import type { ScriptAnalysis } from '../python/analyzeScript';
import { stemOf } from '../files/paths';
import { kindOfFolder, kindOfName } from '../classify/stageKind';
import type { ScriptFiles } from './scriptFiles';

/** Packages of servers and dashboards: a program that uses them goes on until it is stopped, and is no step. */
const SERVICE =
  /^(?:flask|fastapi|uvicorn|starlette|aiohttp\.web|tornado|http\.server|socketserver|streamlit|gradio|dash|bentoml|django|sanic|bottle|grpc|litestar|quart|chainlit|mlserver|ray\.serve|telegram|telebot|discord|airflow|locust|pytest|unittest|tkinter|pygame|PyQt\d|kivy)(?:\.|$)/;

export function isService({ ownUses }: ScriptAnalysis): boolean {
  return [...ownUses].some((name) => SERVICE.test(name));
}

/** Packages that only work with data or models has use for. */
const DATA_WORK =
  /^(?:pandas|polars|numpy|scipy|sklearn|torch|tensorflow|keras|xgboost|lightgbm|catboost|transformers|datasets|mlflow|joblib|pyspark|dask|duckdb|pyarrow|statsmodels|spacy|gensim|fastai|jax|flax|pytorch_lightning|lightning|ultralytics|evidently|great_expectations|pandera|dvclive|wandb|optuna|onnx|onnxruntime|boto3|kaggle|sqlalchemy|sqlite3|geopandas|xarray|cv2|PIL|nltk|huggingface_hub|azureml|sagemaker)(?:\.|$)/;

export function worksWithData({ uses }: ScriptAnalysis): boolean {
  return [...uses].some((name) => DATA_WORK.test(name));
}

/** What a script is for: what its name says, else what it does, else what its folder says. */
export function kindOfScript(analysis: ScriptAnalysis, files: ScriptFiles): KnownKind | undefined {
  const { path } = analysis.module;
  const named = kindOfName(stemOf(path));
  // `validate.py` of a network measures the network; data is validated with tables.
  if (
    named === 'validate' &&
    usesAny(analysis, DEEP_LEARNING) &&
    !/data|schema/i.test(stemOf(path))
  )
    return 'evaluate';
  const kind = named ?? kindOfContent(analysis, files);
  if (kind !== undefined) return kind;
  const ofFolder = kindOfFolder(path);
  // What lies with the scripts that train need not train.
  return ofFolder === 'train' && !learns(analysis) ? undefined : ofFolder;
}

const DEEP_LEARNING =
  /^(?:torch|tensorflow|keras|lightning|pytorch_lightning|transformers|jax|flax|timm)(?:\.|$)/;
const TRAINERS =
  /^(?:lightning|pytorch_lightning|transformers\.\w*Trainer|trl\.\w*Trainer)(?:\.|$)/;

function usesAny({ uses }: ScriptAnalysis, packages: RegExp): boolean {
  return [...uses].some((name) => packages.test(name));
}

/** Whether it makes something learn: `fit`, or the steps of an optimiser. */
function learns({ called }: ScriptAnalysis): boolean {
  return ['fit', 'train', 'fit_transform', 'backward', 'zero_grad', 'apply_gradients'].some(
    (name) => called.has(name),
  );
}

function kindOfContent(analysis: ScriptAnalysis, files: ScriptFiles): KnownKind | undefined {
  const { called, uses } = analysis;
  const fits = called.has('fit') || called.has('train');
  const writesModel = files.models.some((model) => files.outputs.includes(model.path));
  if (fits && (writesModel || usesAny(analysis, TRAINERS))) return 'train';
  if (['backward', 'zero_grad', 'apply_gradients'].some((name) => called.has(name))) return 'train';
  const measures = [...uses].some((name) => name.startsWith('sklearn.metrics'));
  if (files.metrics.length > 0 || (measures && called.has('predict'))) return 'evaluate';
  const writesData = files.datasets.some((dataset) => files.outputs.includes(dataset.path));
  if (writesData && files.dependencies.length > 0) return 'prepare';
  if (called.has('urlretrieve') || called.has('to_sql')) return 'ingest';
  return undefined;
}
