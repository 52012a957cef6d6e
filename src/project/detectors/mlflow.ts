import type { Detector } from '../detector';

/** MLflow: that a folder is an MLflow project, or has MLflow's store of runs. */
export const mlflowDetector: Detector = {
  name: 'mlflow',
  detect: ({ files }) => {
    const experiments = files
      .named('meta.yaml')
      .filter((path) => /(?:^|\/)mlruns\/[^/]+\/meta\.yaml$/.test(path));
    const markers = [...files.named('MLproject'), ...files.named('mlflow.db'), ...experiments];
    const evidence = markers.slice(0, 20).map((file) => ({ file, line: 1 }));
    return Promise.resolve(evidence.length === 0 ? {} : { tools: [{ tool: 'mlflow', evidence }] });
  },
};
