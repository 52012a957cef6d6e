import type { Model, Project } from '../../../src/project/project';

/** A detected project with these metrics files, some of them claimed by models. */
export function makeProject(
  root: string,
  metrics: readonly string[],
  models: Readonly<Record<string, readonly string[]>> = {},
): Project {
  const evidence = [{ file: 'preflight.yaml', line: 1 }];
  return {
    root,
    tools: [],
    stages: [],
    datasets: [],
    models: Object.entries(models).map(([name, files]): Model => ({
      name,
      path: `models/${name}.joblib`,
      metrics: files,
      evidence,
    })),
    metrics: metrics.map((path) => ({ path, evidence })),
    problems: [],
  };
}
