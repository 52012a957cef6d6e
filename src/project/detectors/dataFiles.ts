import { DATA_EXTENSIONS, formatOfPath, isDatasetPath, roleOfPath } from '../classify/datasetPath';
import type { DetectedDataset, Detector } from '../detector';
import { joinSeries } from '../classify/fileSeries';
import { isKedroVersion } from '../kedro/versionedPath';
import { isProjectData } from '../classify/projectData';

/** Files that are data by their extension, whether or not anything reads them. */
export const dataFilesDetector: Detector = {
  name: 'data files',
  detect: ({ files }) => {
    const paths = files
      .withExtension(...DATA_EXTENSIONS)
      .filter((path) => isDatasetPath(path) && isProjectData(path) && !isKedroVersion(path));
    const datasets = joinSeries(paths).flatMap(({ path, first }): readonly DetectedDataset[] => {
      const format = formatOfPath(path);
      if (format === undefined) return [];
      const evidence = [{ file: first, line: 1 }];
      return [{ path, format, ...roleOfPath(path), evidence }];
    });
    return Promise.resolve({ datasets });
  },
};
