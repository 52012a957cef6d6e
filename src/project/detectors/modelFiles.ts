import type { Detector } from '../detector';
import { joinSeries } from '../classify/fileSeries';
import { isModelPath, MODEL_EXTENSIONS, versionGlob } from '../classify/modelPath';
import { isProjectData } from '../classify/projectData';

/** Files that are trained models by their extension and name; numbered versions are one model. */
export const modelFilesDetector: Detector = {
  name: 'model files',
  detect: ({ files }) => {
    const paths = files
      .withExtension(...MODEL_EXTENSIONS)
      .filter((path) => isModelPath(path) && isProjectData(path));
    const single = paths.map((path) => ({ path, glob: versionGlob(path) }));
    const versioned = single.filter(({ path, glob }) => glob !== path);
    const others = joinSeries(single.flatMap(({ path, glob }) => (glob === path ? [path] : [])));
    return Promise.resolve({
      models: [
        ...versioned.map(({ path, glob }) => ({ path: glob, evidence: [{ file: path, line: 1 }] })),
        ...others
          // Many numbered files without a version are checkpoints, folds or data.
          .filter(({ path }) => !path.includes('*'))
          .map(({ path }) => ({ path, evidence: [{ file: path, line: 1 }] })),
      ],
    });
  },
};
