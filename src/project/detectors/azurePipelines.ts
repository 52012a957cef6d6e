import { readAzurePipelines } from '../ci/azurePipelines';
import { ciDetection } from '../ci/ciDetection';
import type { Detector } from '../detector';

/** Azure Pipelines: which job runs which script. */
export const azurePipelinesDetector: Detector = {
  name: 'azure-pipelines',
  detect: async ({ files }) =>
    ciDetection('azure-pipelines', await readAzurePipelines(files), files),
};
