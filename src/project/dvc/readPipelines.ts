import type { Problem } from '../../base/problem';
import { classifyPath } from '../classifyPath';
import type { DetectedDataset, DetectedModel, DetectedStage, Detection } from '../detector';
import type { FileIndex } from '../fileIndex';
import { mapConcurrent } from '../mapConcurrent';
import { folderOf, resolvePath } from '../paths';
import type { MetricsFile } from '../project';
import { parseYaml, type YamlEntry, type YamlNode } from '../yamlNode';
import { checkOutputs } from './checkOutputs';
import { readDvcIgnore } from './dvcIgnore';
import { dvcTags } from './dvcYaml';
import { expandStage, type ExpandedStage } from './expandStages';
import { readConfiguredWriting } from './readConfig';
import { readArtifacts, readMetrics } from './readTopLevel';
import { stageOfYaml, type DvcStage, type StagePlace } from './stageOfYaml';
import { interpolate } from './interpolate';
import { addVars, readDefaultValues, type TemplateContext } from './templateValues';

const known = new WeakMap<FileIndex, Promise<readonly Detection[]>>();

/** What every dvc.yaml of a project says; read once, because scripts are also run as it says. */
export function readPipelines(files: FileIndex): Promise<readonly Detection[]> {
  let pipelines = known.get(files);
  if (pipelines === undefined) {
    pipelines = readAll(files);
    known.set(files, pipelines);
  }
  return pipelines;
}

async function readAll(files: FileIndex): Promise<readonly Detection[]> {
  const named = files.named('dvc.yaml');
  const isIgnored = named.length === 0 ? undefined : await readDvcIgnore(files);
  const read = named.filter((path) => isIgnored?.(path) !== true);
  const pipelines = await mapConcurrent(read, 8, (path) => readPipeline(files, path));
  const stages = pipelines.flatMap((pipeline) => pipeline.stages ?? []);
  return [...pipelines, { problems: await checkOutputs(stages, files, isIgnored) }];
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
  const { root, problems } = parseYaml(text.value, file, dvcTags);
  const found: Findings = {
    stages: [],
    datasets: [],
    models: [],
    metrics: [],
    problems: [...problems],
  };
  if (root.isPresent && !root.isMap) found.problems.push(notAMap(file, root));
  const folder = folderOf(file);
  const place = { file, folder, writing: await readConfiguredWriting(files, folder) };
  const defaults = await readDefaultValues(files, folder, found.problems);
  const context = await addVars(files, place, root.get('vars'), defaults, found.problems);
  for (const entry of root.get('stages')?.entries() ?? []) {
    await readStages(entry, files, place, context, found);
  }
  readMetrics(root.get('metrics'), place, context.values, found);
  readArtifacts(root.get('artifacts'), place, context.values, found);
  return found;
}

async function readStages(
  entry: YamlEntry,
  files: FileIndex,
  place: StagePlace,
  context: TemplateContext,
  found: Findings,
): Promise<void> {
  // What is wrong in a template is wrong in every stage of it, and said once.
  const said = new Set<string>();
  for (const expanded of expandStage(entry, context.values, place.file, found.problems)) {
    const problems: Problem[] = [];
    const folder = workingFolder(expanded, place.folder);
    const { values } = await addVars(
      files,
      { file: place.file, folder },
      expanded.body.get('vars'),
      { ...context, values: expanded.values },
      problems,
    );
    const stage = stageOfYaml({ ...expanded, values }, place, folder ?? '.', problems);
    if (stage !== undefined) addStage(stage, place.file, found);
    for (const problem of problems) {
      const where = `${problem.code} ${problem.file} ${problem.line} ${problem.column}`;
      if (!said.has(where)) found.problems.push(problem);
      said.add(where);
    }
  }
}

/** `wdir` is known before the stage's own `vars` are, whose files are relative to it. */
function workingFolder({ body, values }: ExpandedStage, folder: string): string | undefined {
  const written = body.get('wdir')?.text;
  return written === undefined ? folder : resolvePath(folder, interpolate(written, values).text);
}

function addStage(stage: DvcStage, file: string, found: Findings): void {
  found.stages.push(stage.stage);
  for (const { path, line } of [...stage.dependencies, ...stage.outputs]) {
    if (path !== undefined) addPath(path, { file, line }, found);
  }
  for (const { path, line } of stage.metrics) {
    if (path !== undefined) found.metrics.push({ path, evidence: [{ file, line }] });
  }
}

function addPath(path: string, evidence: { file: string; line: number }, found: Findings): void {
  const { dataset, model } = classifyPath(path, evidence);
  if (dataset !== undefined) found.datasets.push(dataset);
  if (model !== undefined) found.models.push(model);
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
