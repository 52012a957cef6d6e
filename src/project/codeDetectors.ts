import type { Detector } from './detector';
import { kedroDetector } from './detectors/kedro';
import { mlflowDetector } from './detectors/mlflow';
import { notebookDetector } from './detectors/notebook';
import { scriptsDetector } from './detectors/scripts';
import { snakemakeDetector } from './detectors/snakemake';

/**
 * The detectors that read code, or languages of their own: slower, and a bundle of their own in the editor, which
 * `await import('./codeDetectors')` loads after the first answer is shown. In the order of their weight.
 */
export const pipelineDetectors: readonly Detector[] = [
  snakemakeDetector,
  kedroDetector,
  mlflowDetector,
];

export const scriptDetectors: readonly Detector[] = [scriptsDetector, notebookDetector];
