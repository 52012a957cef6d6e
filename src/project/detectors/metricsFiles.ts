import type { Detector } from '../detector';
import { isKedroVersion } from '../kedro/versionedPath';
import { isMetricsPath } from '../classify/metricsPath';
import { isProjectData } from '../classify/projectData';

/** Where there are more, they are those of old runs, kept side by side. */
const MOST_FILES = 100;

/** Files that hold metrics by their name. */
export const metricsFilesDetector: Detector = {
  name: 'metrics files',
  detect: ({ files }) => {
    const paths = files
      .withExtension('.json', '.yaml', '.yml')
      .filter((path) => isMetricsPath(path) && isProjectData(path) && !isKedroVersion(path))
      .slice(0, MOST_FILES);
    return Promise.resolve({
      metrics: paths.map((path) => ({ path, evidence: [{ file: path, line: 1 }] })),
    });
  },
};
