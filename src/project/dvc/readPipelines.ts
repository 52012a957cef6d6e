import type { Problem } from '../../base/problem';
import { classifyPath } from '../classifyPath';
import { formatOfPath, roleOfPath } from '../datasetPath';
import type { DetectedDataset, DetectedModel, DetectedStage, Detection } from '../detector';
import type { FileIndex } from '../fileIndex';
import { mapConcurrent } from '../mapConcurrent';
import { versionGlob } from '../modelPath';
import { folderOf, resolvePath } from '../paths';
import type { MetricsFile } from '../project';
import { parseYaml, type YamlNode } from '../yamlNode';
import { expandStage } from './expandStages';
import { stageOfYaml, type DvcStage } from './stageOfYaml';
import { addVars, readDefaultValues } from './templateValues';

const known = new WeakMap<FileIndex, Promise<readonly Detection[]>>();

/** What every dvc.yaml of a project says; read once, because scripts are also run as it says. */
export function readPipelines(files: FileIndex): Promise<readonly Detection[]> {
  let pipelines = known.get(files);
  if (pipelines === undefined) {
    pipelines = mapConcurrent(files.named('dvc.yaml'), 8, (path) => readPipeline(files, path));
    known.set(files, pipelines);
  }
  return pipelines;
}

/** What has been found in one dvc.yaml so far. */
interface Findings {
  readonly stages: DetectedStage[];
  readonly datasets: DetectedDataset[];
  readonly models: DetectedModel[];
  readonly metrics: MetricsFile[];
  readonly problems: Problem[];
}

async function readPipeline(files: FileIndex, file: string): Promise<Detection> {
  const text = await files.readText(file);
  if (!text.ok) return { problems: [text.problem] };
  const { root, problems } = parseYaml(text.value, file);
  const found: Findings = {
    stages: [],
    datasets: [],
    models: [],
    metrics: [],
    problems: [...problems],
  };
  if (root.isPresent && !root.isMap) found.problems.push(notAMap(file, root));
  const place = { file, folder: folderOf(file) };
  const defaults = await readDefaultValues(files, place.folder);
  const values = await addVars(files, place, root.get('vars'), defaults, found.problems);
  for (const entry of root.get('stages')?.entries() ?? []) {
    for (const expanded of expandStage(entry, values, file, found.problems)) {
      const own = await addVars(
        files,
        place,
        expanded.body.get('vars'),
        expanded.values,
        found.problems,
      );
      const stage = stageOfYaml({ ...expanded, values: own }, place, found.problems);
      if (stage !== undefined) addStage(stage, file, found);
    }
  }
  addMetrics(root.get('metrics'), place, found);
  addArtifacts(root.get('artifacts'), place, found);
  return found;
}

function addStage(stage: DvcStage, file: string, found: Findings): void {
  found.stages.push(stage.stage);
  for (const { path, line } of [...stage.dependencies, ...stage.outputs]) {
    addPath(path, { file, line }, found);
  }
  for (const { path, line } of stage.metrics) {
    found.metrics.push({ path, evidence: [{ file, line }] });
  }
}

function addPath(path: string, evidence: { file: string; line: number }, found: Findings): void {
  const { dataset, model } = classifyPath(path, evidence);
  if (dataset !== undefined) found.datasets.push(dataset);
  if (model !== undefined) found.models.push(model);
}

function addMetrics(
  metrics: YamlNode | undefined,
  place: { readonly file: string; readonly folder: string },
  found: Findings,
): void {
  for (const item of metrics?.items() ?? []) {
    const path = resolvePath(place.folder, item.text ?? '');
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
function addArtifacts(
  artifacts: YamlNode | undefined,
  place: { readonly file: string; readonly folder: string },
  found: Findings,
): void {
  for (const { key, line, value } of artifacts?.entries() ?? []) {
    const path = resolvePath(place.folder, value.get('path')?.text ?? '');
    if (path === undefined) continue;
    const evidence = [{ file: place.file, line }];
    if (value.get('type')?.text === 'model') {
      found.models.push({ name: key, path: versionGlob(path), evidence });
    } else {
      const format = formatOfPath(path);
      if (format === undefined) continue;
      found.datasets.push({ name: key, path, format, ...roleOfPath(path), evidence });
    }
  }
}

function notAMap(file: string, root: YamlNode): Problem {
  return {
    code: 'dvc-invalid',
    message: 'This is no DVC pipeline: there are no `stages:` at its top.',
    file,
    line: root.line,
    column: root.column,
  };
}
