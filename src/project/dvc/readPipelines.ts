import type { Problem } from '../../base/problem';
import { classifyPath } from '../classify/classifyPath';
import type { DetectedDataset, DetectedModel, DetectedStage, Detection } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { folderOf, parentsOf, resolvePath } from '../files/paths';
import type { MetricsFile } from '../project';
import { parseYaml, type YamlEntry, type YamlNode } from '../yamlNode';
import { checkLockIgnored, readGitIgnore } from './gitIgnored';
import { checkTexts } from './checkTexts';
import { checkShape } from './checkShape';
import { FOREACH_SHAPE, PIPELINE_SHAPE, STAGE_SHAPE } from './shapes';
import { checkOutputs } from './checkOutputs';
import { readDvcIgnore } from './dvcIgnore';
import { DVC_YAML } from './dvcYaml';
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
  if (named.length === 0) return [];
  const findRule = await readGitIgnore(files);
  const read = named.filter((path) => isIgnored?.(path) !== true && findRule(path) === undefined);
  const all = await mapConcurrent(read, 8, (path) => readPipeline(files, path));
  const pipelines = withoutThoseInOutputs(all, read);
  const stages = pipelines.flatMap((pipeline) => pipeline.stages ?? []);
  const locks = read.flatMap((path) =>
    checkLockIgnored(path, findRule(path.replace(/\.yaml$/, '.lock'))),
  );
  return [
    ...pipelines,
    { problems: [...(await checkOutputs(stages, files, isIgnored)), ...locks] },
  ];
}

/** DVC looks for no pipeline in what a stage of a folder above writes. */
function withoutThoseInOutputs(
  pipelines: readonly Detection[],
  paths: readonly string[],
): readonly Detection[] {
  const outputs = new Set<string>();
  const kept: Detection[] = [];
  const byDepth = paths.map((path, index) => ({ path, index, depth: path.split('/').length }));
  for (const { path, index } of byDepth.sort((a, b) => a.depth - b.depth)) {
    if (parentsOf(path).some((folder) => outputs.has(folder))) continue;
    const pipeline = pipelines[index] ?? {};
    kept[index] = pipeline;
    for (const stage of pipeline.stages ?? []) stage.outputs.forEach((out) => outputs.add(out));
  }
  return kept.filter((pipeline) => pipeline !== undefined);
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
  const { root, problems } = parseYaml(text.value, file, DVC_YAML);
  const found: Findings = {
    stages: [],
    datasets: [],
    models: [],
    metrics: [],
    problems: [...problems],
  };
  if (root.isPresent && !root.isMap) found.problems.push(notAMap(file, root));
  else if (root.isPresent) found.problems.push(...checkPipeline(root, file));
  const folder = folderOf(file);
  const place = { file, folder, writing: await readConfiguredWriting(files, folder) };
  const defaults = await readDefaultValues(files, folder, found.problems);
  const context = await addVars(files, place, root.get('vars'), defaults, found.problems);
  for (const entry of root.get('stages')?.entries() ?? []) {
    if (!entry.value.isMap) continue;
    await readStages(entry, files, place, context, found);
  }
  for (const key of ['metrics', 'params', 'plots', 'artifacts']) {
    found.problems.push(...checkTexts(root.get(key), context.values, { file, way: key }));
  }
  readMetrics(root.get('metrics'), place, context.values, found);
  readArtifacts(root.get('artifacts'), place, context.values, found);
  return found;
}

/** The stages one by one: each is what it is by its own entries. */
function checkPipeline(root: YamlNode, file: string): readonly Problem[] {
  const stages = root.get('stages')?.entries() ?? [];
  return [
    ...checkShape(root, PIPELINE_SHAPE, { file, way: [] }),
    ...stages.flatMap(({ key, value, line }) => {
      const isForeach = value.get('foreach') !== undefined || value.get('do') !== undefined;
      const shape = isForeach ? FOREACH_SHAPE : STAGE_SHAPE;
      const problems = checkShape(value, shape, { file, way: ['stages', key] });
      return key === '' || key.includes('@') ? [...problems, badName(key, file, line)] : problems;
    }),
  ];
}

function badName(key: string, file: string, line: number): Problem {
  const message = `DVC refuses this file: it finds no stage of the name "${key}".`;
  return { code: 'dvc-invalid', message, file, line, fix: 'Name it without `@`.' };
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
