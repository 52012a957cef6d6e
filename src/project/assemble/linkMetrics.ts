import type { DetectedModel } from '../detector';
import { matchesGlob } from '../files/globMatch';
import type { MetricsFile, Stage } from '../project';

/**
 * The metrics files of a model: those it names; else, where there is one model only, all of them; else those that
 * the stages at and after its own write.
 */
export function linkMetrics(
  models: readonly DetectedModel[],
  metrics: readonly MetricsFile[],
  stages: readonly Stage[],
): readonly (readonly string[])[] {
  return models.map((model) => {
    if (model.metrics !== undefined) return model.metrics;
    if (models.length === 1) return metrics.map((file) => file.path);
    const reached = stagesAfter([model.path, ...(model.copiedFrom ?? [])], stages);
    const written = new Set([...reached].flatMap((stage) => [...stage.metrics, ...stage.outputs]));
    return metrics
      .map((file) => file.path)
      .filter((path) => [...written].some((output) => concerns(output, path)));
  });
}

/** The stages that write one of the paths, and all stages downstream of those that come to depend on them. */
function stagesAfter(paths: readonly string[], stages: readonly Stage[]): ReadonlySet<Stage> {
  const reached = new Set(
    stages.filter((stage) =>
      stage.outputs.some((output) => paths.some((path) => concerns(output, path))),
    ),
  );
  const carried = [...paths];
  for (let index = 0; index < carried.length; index++) {
    for (const stage of stages) {
      if (reached.has(stage)) continue;
      if (!stage.dependencies.some((path) => concerns(carried[index] ?? '', path))) continue;
      reached.add(stage);
      carried.push(...stage.outputs);
    }
  }
  return reached;
}

/** Whether two paths are the same, or one is in the folder or the glob that the other is. */
function concerns(a: string, b: string): boolean {
  return (
    a === b ||
    b.startsWith(`${a}/`) ||
    a.startsWith(`${b}/`) ||
    matchesGlob(b, a) ||
    matchesGlob(a, b)
  );
}
