import type { Problem } from '../../base/problem';
import { classifyPath } from '../classifyPath';
import { formatOfPath, roleOfPath } from '../datasetPath';
import type {
  DetectedDataset,
  DetectedModel,
  DetectedStage,
  Detection,
  Detector,
} from '../detector';
import { expandStage } from '../dvc/expandStages';
import { stageOfYaml, type DvcStage } from '../dvc/stageOfYaml';
import { addVars, readDefaultValues } from '../dvc/templateValues';
import type { FileIndex } from '../fileIndex';
import { mapConcurrent } from '../mapConcurrent';
import { versionGlob } from '../modelPath';
import { baseName, folderOf, resolvePath } from '../paths';
import type { MetricsFile } from '../project';
import { parseYaml, type YamlNode } from '../yamlNode';

/** DVC: the stages, metrics and artifacts of every dvc.yaml, and what `.dvc` files track. */
export const dvcDetector: Detector = {
  name: 'dvc',
  async detect({ files }) {
    const pipelines = files.named('dvc.yaml');
    const tracked = files.withExtension('.dvc').filter((path) => baseName(path) !== '.dvc');
    const configs = files.named('config').filter((path) => /(?:^|\/)\.dvc\/config$/.test(path));
    const markers = [...configs, ...pipelines, ...tracked].slice(0, 20);
    if (markers.length === 0) return {};
    const found = await mapConcurrent(pipelines, 8, (path) => readPipeline(files, path));
    const outputs = await mapConcurrent(tracked, 16, (path) => readTracked(files, path));
    const all = [...found, ...outputs];
    return {
      tools: [{ tool: 'dvc', evidence: markers.map((file) => ({ file, line: 1 })) }],
      stages: all.flatMap((part) => part.stages ?? []),
      datasets: all.flatMap((part) => part.datasets ?? []),
      models: all.flatMap((part) => part.models ?? []),
      metrics: all.flatMap((part) => part.metrics ?? []),
      problems: all.flatMap((part) => part.problems ?? []),
    };
  },
};

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
  }
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

/** A `.dvc` file: the dataset or model that it tracks. Only data and models are read, a project can have thousands. */
async function readTracked(files: FileIndex, file: string): Promise<Detection> {
  const { dataset, model } = classifyPath(file.slice(0, -'.dvc'.length), { file, line: 1 });
  if (dataset === undefined && model === undefined) return {};
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
  const folder = resolvePath(folderOf(file), root.get('wdir')?.text ?? '.') ?? '.';
  for (const out of root.get('outs')?.items() ?? []) {
    const named = out.get('path');
    const path = resolvePath(folder, named?.text ?? '');
    if (path !== undefined && named !== undefined) addPath(path, { file, line: named.line }, found);
  }
  return found;
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
