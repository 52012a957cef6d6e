import type { Detection } from '../detector';
import type { Evidence } from '../../base/evidence';
import type { PipelineTool } from '../project';

/** What was found in several files of one framework, with the framework as a tool where there is a pipeline of it. */
export function joinDetections(
  tool: PipelineTool,
  found: readonly Detection[],
  markers: readonly Evidence[] = [],
): Detection {
  const stages = found.flatMap((one) => one.stages ?? []);
  const evidence = [...markers, ...stages.map((stage) => stage.source)].slice(0, 20);
  return {
    tools: evidence.length === 0 ? [] : [{ tool, evidence }],
    stages,
    datasets: found.flatMap((one) => one.datasets ?? []),
    models: found.flatMap((one) => one.models ?? []),
    metrics: found.flatMap((one) => one.metrics ?? []),
    problems: found.flatMap((one) => one.problems ?? []),
  };
}
