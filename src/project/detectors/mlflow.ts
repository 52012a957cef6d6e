import type { Detector } from '../detector';
import { mapConcurrent } from '../../base/mapConcurrent';
import { readMlproject } from '../mlflow/readMlproject';

/** Files of other tools whose stages may have the same names. */
const OTHER_PIPELINES = [
  'dvc.yaml',
  'Snakefile',
  'snakefile',
  'Makefile',
  'makefile',
  'GNUmakefile',
];
const MOST_MARKERS = 20;

/** MLflow: the entry points of MLproject files, and that a folder has MLflow's store of runs. */
export const mlflowDetector: Detector = {
  name: 'mlflow',
  async detect({ files }) {
    const experiments = files
      .named('meta.yaml')
      .filter((path) => /(?:^|\/)mlruns\/[^/]+\/meta\.yaml$/.test(path));
    const projects = files.named('MLproject');
    const markers = [...projects, ...files.named('mlflow.db'), ...experiments];
    if (markers.length === 0) return {};
    const evidence = markers.slice(0, MOST_MARKERS).map((file) => ({ file, line: 1 }));
    const isAlone =
      projects.length === 1 &&
      projects[0] === 'MLproject' &&
      !OTHER_PIPELINES.some((path) => files.has(path));
    const found = await mapConcurrent(projects, 8, async (path) => {
      const text = await files.readText(path);
      if (!text.ok) return { problems: [text.problem] };
      const idOf = (entry: string): string => (isAlone ? entry : `${path}:${entry}`);
      return readMlproject(text.value, path, idOf, (script) => files.has(script));
    });
    return {
      tools: [{ tool: 'mlflow', evidence }],
      stages: found.flatMap((one) => one.stages ?? []),
      problems: found.flatMap((one) => one.problems ?? []),
    };
  },
};
