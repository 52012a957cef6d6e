import type { Detector } from './detector';
import { azurePipelinesDetector } from './detectors/azurePipelines';
import { dataFilesDetector } from './detectors/dataFiles';
import { imageFoldersDetector } from './detectors/imageFolders';
import { dockerDetector } from './detectors/docker';
import { dvcDetector } from './detectors/dvc';
import { githubActionsDetector } from './detectors/githubActions';
import { gitlabCiDetector } from './detectors/gitlabCi';
import { jenkinsDetector } from './detectors/jenkins';
import { metricsFilesDetector } from './detectors/metricsFiles';
import { modelFilesDetector } from './detectors/modelFiles';

/**
 * The detectors that give a first answer at once, from what files declare, in the order of their weight: what several
 * of them find is described by the first. Those of `codeDetectors.ts` come after `dvc`.
 */
export const firstDetectors: readonly Detector[] = [dvcDetector];

export const lastDetectors: readonly Detector[] = [
  azurePipelinesDetector,
  githubActionsDetector,
  gitlabCiDetector,
  jenkinsDetector,
  metricsFilesDetector,
  modelFilesDetector,
  dataFilesDetector,
  imageFoldersDetector,
  dockerDetector,
];
