import type { Detector } from './detector';
import { airflowDetector } from './detectors/airflow';
import { kedroDetector } from './detectors/kedro';
import { kubeflowDetector } from './detectors/kubeflow';
import { makeDetector } from './detectors/make';
import { metaflowDetector } from './detectors/metaflow';
import { mlflowDetector } from './detectors/mlflow';
import { notebookDetector } from './detectors/notebook';
import { npmDetector } from './detectors/npm';
import { prefectDetector } from './detectors/prefect';
import { pyprojectDetector } from './detectors/pyproject';
import { scriptsDetector } from './detectors/scripts';
import { snakemakeDetector } from './detectors/snakemake';
import { tfxDetector } from './detectors/tfx';
import { zenmlDetector } from './detectors/zenml';

/**
 * The detectors that read code, or languages of their own: slower, and a bundle of their own in the editor, which
 * `await import('./codeDetectors')` loads after the first answer is shown. In the order of their weight.
 */
export const pipelineDetectors: readonly Detector[] = [
  snakemakeDetector,
  kedroDetector,
  metaflowDetector,
  zenmlDetector,
  prefectDetector,
  airflowDetector,
  kubeflowDetector,
  tfxDetector,
  mlflowDetector,
  makeDetector,
  pyprojectDetector,
  npmDetector,
];

export const scriptDetectors: readonly Detector[] = [scriptsDetector, notebookDetector];
