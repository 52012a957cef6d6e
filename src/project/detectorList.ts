import type { Detector } from './detector';
import { azurePipelinesDetector } from './detectors/azurePipelines';
import { dataFilesDetector } from './detectors/dataFiles';
import { dockerDetector } from './detectors/docker';
import { dvcDetector } from './detectors/dvc';
import { githubActionsDetector } from './detectors/githubActions';
import { metricsFilesDetector } from './detectors/metricsFiles';
import { mlflowDetector } from './detectors/mlflow';
import { modelFilesDetector } from './detectors/modelFiles';
import { notebookDetector } from './detectors/notebook';
import { scriptsDetector } from './detectors/scripts';

/** All detectors, in the order of their weight: what several of them find is described by the first. */
export const detectors: readonly Detector[] = [
  dvcDetector,
  mlflowDetector,
  scriptsDetector,
  azurePipelinesDetector,
  githubActionsDetector,
  notebookDetector,
  metricsFilesDetector,
  modelFilesDetector,
  dataFilesDetector,
  dockerDetector,
];
