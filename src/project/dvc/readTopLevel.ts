import { formatOfPath, roleOfPath } from '../classify/datasetPath';
import type { DetectedDataset, DetectedModel, DetectedStage } from '../detector';
import { versionGlob } from '../classify/modelPath';
import { resolvePath } from '../files/paths';
import type { MetricsFile } from '../project';
import type { YamlNode } from '../yamlNode';
import { interpolate, type Values } from './interpolate';

interface Place {
  readonly file: string;
  readonly folder: string;
}

/** `metrics:` at the top of a dvc.yaml, which are also those of the stages that write them. */
export function readMetrics(
  metrics: YamlNode | undefined,
  place: Place,
  values: Values,
  found: { readonly metrics: MetricsFile[]; readonly stages: DetectedStage[] },
): void {
  for (const item of metrics?.items() ?? []) {
    const path = resolvePath(place.folder, interpolate(item.text ?? '', values).text);
    if (path === undefined) continue;
    found.metrics.push({ path, evidence: [{ file: place.file, line: item.line }] });
    found.stages.forEach((stage, index) => {
      if (!writes(stage, path) || stage.metrics.includes(path)) return;
      found.stages[index] = { ...stage, metrics: [...stage.metrics, path] };
    });
  }
}

/** `eval/metrics.json` is written by the stage whose output is `eval`. */
function writes(stage: DetectedStage, path: string): boolean {
  return stage.outputs.some((output) => path === output || path.startsWith(`${output}/`));
}

/** `artifacts:` (https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#artifacts). */
export function readArtifacts(
  artifacts: YamlNode | undefined,
  place: Place,
  values: Values,
  found: { readonly models: DetectedModel[]; readonly datasets: DetectedDataset[] },
): void {
  const resolve = (text: string): string => interpolate(text, values).text;
  for (const { key, line, value } of artifacts?.entries() ?? []) {
    const path = resolvePath(place.folder, resolve(value.get('path')?.text ?? ''));
    if (path === undefined) continue;
    const name = resolve(key);
    const evidence = [{ file: place.file, line }];
    if (resolve(value.get('type')?.text ?? '') === 'model') {
      found.models.push({ name, path: versionGlob(path), evidence });
    } else {
      const format = formatOfPath(path);
      if (format === undefined) continue;
      found.datasets.push({ name, path, format, ...roleOfPath(path), evidence });
    }
  }
}
