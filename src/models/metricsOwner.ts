import type { Project } from '../project/project';

/** A metrics file, and whose it is: a model's name, or its own path where no model claims it. */
export interface OwnedMetricsFile {
  readonly model: string;
  readonly file: string;
}

/** Every metrics file of a project once: those of the models first, then the unclaimed ones. */
export function listMetricsFiles(project: Project): readonly OwnedMetricsFile[] {
  const owners = new Map<string, string>();
  for (const { name, metrics } of project.models)
    for (const file of metrics) if (!owners.has(file)) owners.set(file, name);
  for (const { path } of project.metrics) if (!owners.has(path)) owners.set(path, path);
  return [...owners].map(([file, model]) => ({ model, file }));
}
