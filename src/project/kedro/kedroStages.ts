import type { Evidence } from '../../base/evidence';
import type { DetectedStage } from '../detector';
import { mergeEvidence } from '../assemble/mergeEvidence';
import type { StageKind } from '../project';
import { quoteCommand } from '../shell/quoteWord';
import { kindOfName } from '../classify/stageKind';
import type { Catalog } from './catalog';
import { classifyDataset } from './classifyDataset';
import { filesBehind } from './codeFiles';
import type { KedroParameters } from './kedroParameters';
import { freeInputs, isParameterName, nodeKey, outputNames, type KedroNode } from './kedroPipeline';
import { takesPipelines, type KedroProject } from './kedroProject';
import { groupPipelines, type PipelineGroup } from './pipelineGroups';
import type { RegisteredPipeline, Registry } from './readRegistry';

/** What the stages of one Kedro project are made of. */
export interface KedroParts {
  readonly project: KedroProject;
  readonly registry: Registry;
  readonly catalog: Catalog;
  readonly parameters: KedroParameters;
}

/** How a registered pipeline is run. */
type HowRun = { readonly arguments: readonly string[] } | { readonly notRunnable: string };

/**
 * One stage for each registered pipeline. `__default__`, which is all of them, is one only as far as it has nodes that
 * no other pipeline has.
 */
export function kedroStages(parts: KedroParts): readonly DetectedStage[] {
  const { registry, catalog } = parts;
  const groups = groupPipelines(registry.pipelines, catalog);
  const whole = registry.pipelines.get('__default__');
  const covered = new Set(groups.flatMap((group) => group.ownNodes.map(nodeKey)));
  const left = (whole?.nodes ?? []).filter((node) => !covered.has(nodeKey(node)));
  const stages = groups.flatMap((group) => describe(group, whole, parts) ?? []);
  // What could not be read at all is shown as one stage, because Kedro can run it.
  if (left.length === 0 && (stages.length > 0 || whole?.isOpen !== true)) return stages;
  const rest = { name: '__default__', ownNodes: left, together: [], inMemory: [] };
  return [...stages, ...(describe(rest, undefined, parts) ?? [])];
}

function describe(
  group: PipelineGroup,
  whole: RegisteredPipeline | undefined,
  parts: KedroParts,
): readonly DetectedStage[] | undefined {
  const { project, registry } = parts;
  const pipeline = registry.pipelines.get(group.name);
  if (pipeline === undefined || (pipeline.nodes.length === 0 && !pipeline.isOpen)) return undefined;
  const run = howRun(group, parts);
  const isNamed = isOnRequest(group, pipeline, whole);
  const nodes = [group.name, ...group.together].flatMap(
    (name) => registry.pipelines.get(name)?.nodes ?? [],
  );
  const found = filesOf(nodes, group, parts);
  const source =
    pipeline.source.file === '' ? (pipeline.entry ?? project.evidence) : pipeline.source;
  const places = nodes.slice(0, 50).map((node) => node.place);
  const command = 'arguments' in run ? quoteCommand(['kedro', 'run', ...run.arguments]) : '';
  return [
    {
      id: stageId(group.name, project),
      name: group.name,
      tool: 'kedro',
      kind: kindOf(group.name, found, pipeline.nodes),
      command,
      cwd: project.folder,
      dependencies: found.dependencies,
      outputs: found.outputs,
      parameters: found.parameters,
      metrics: found.metrics,
      source,
      evidence: mergeEvidence(
        [source],
        pipeline.entry === undefined ? [] : [pipeline.entry],
        [project.evidence],
        places,
        found.evidence,
      ),
      ...(group.together.length === 0
        ? {}
        : { needs: group.together.map((name) => stageId(name, project)) }),
      ...(isNamed ? { onRequest: true as const } : {}),
      ...('notRunnable' in run ? { notRunnable: run.notRunnable } : {}),
    },
  ];
}

function stageId(name: string, { folder }: KedroProject): string {
  return folder === '.' ? `kedro:${name}` : `${folder}/kedro:${name}`;
}

/** The sum of other pipelines, and what `kedro run` leaves out, run when they are named. */
function isOnRequest(
  group: PipelineGroup,
  pipeline: RegisteredPipeline,
  whole: RegisteredPipeline | undefined,
): boolean {
  if (pipeline.nodes.length > 0 && group.ownNodes.length === 0) return true;
  if (whole === undefined || whole.isOpen || whole.nodes.length === 0) return false;
  const run = new Set(whole.nodes.map(nodeKey));
  return group.ownNodes.some((node) => !run.has(nodeKey(node)));
}

/**
 * A pipeline that takes what another one keeps in memory cannot run alone: Kedro 1.2 runs several in one process. Where
 * that is not possible, one that has all of their nodes runs from what goes into them to what comes out.
 */
function howRun(group: PipelineGroup, { project, registry }: KedroParts): HowRun {
  const { name, together } = group;
  if (name === '__default__') return { arguments: [] };
  const names = [...together, name];
  const isList = takesPipelines(project) && !name.includes(',');
  const isSelected = registry.canSelect(names);
  if (isSelected && isList) return { arguments: [`--pipelines=${names.join(',')}`] };
  if (isSelected && names.length === 1) return { arguments: [`--pipeline=${name}`] };
  const slice = sliceOfWhole(group, registry);
  if (slice !== undefined) return { arguments: slice };
  if (together.length === 0)
    return { arguments: [`${isList ? '--pipelines' : '--pipeline'}=${name}`] };
  const taken = group.inMemory.map((one) => `"${one}"`).join(', ');
  return {
    notRunnable: `it takes ${taken}, which ${together.join(', ')} keeps in memory: put it into the catalog`,
  };
}

/** The options by which `kedro run` runs a part of `__default__`; undefined where that has not all of the nodes. */
function sliceOfWhole(
  { name, together }: PipelineGroup,
  { pipelines }: Registry,
): readonly string[] | undefined {
  const whole = new Set(pipelines.get('__default__')?.nodes.map(nodeKey));
  const nodesOf = (one: string): readonly KedroNode[] => pipelines.get(one)?.nodes ?? [];
  const nodes = [name, ...together].flatMap(nodesOf);
  const outputs = [...outputNames({ nodes: nodesOf(name) })];
  if (!nodes.every((node) => whole.has(nodeKey(node))) || outputs.length === 0) return undefined;
  const inputs = [...freeInputs({ nodes })];
  // Nodes that take nothing would be left out.
  const hasSource = nodes.some((node) => node.inputs.length === 0);
  const from = hasSource || inputs.length === 0 ? [] : [`--from-inputs=${inputs.join(',')}`];
  return [...from, `--to-outputs=${outputs.join(',')}`];
}

interface StageFiles {
  readonly dependencies: readonly string[];
  readonly outputs: readonly string[];
  readonly parameters: readonly string[];
  readonly metrics: readonly string[];
  readonly writesModel: boolean;
  readonly evidence: readonly Evidence[];
}

/** @param nodes all that run; only those of the group itself write outputs of its own */
function filesOf(
  nodes: readonly KedroNode[],
  group: PipelineGroup,
  { registry, catalog, parameters }: KedroParts,
): StageFiles {
  const code = new Set<string>();
  for (const { place, functionFile } of nodes) {
    code.add(place.file);
    if (functionFile === undefined) continue;
    for (const file of filesBehind(functionFile, registry.modules)) code.add(file);
  }
  const free = [...freeInputs({ nodes })];
  const read = free.flatMap((name) => catalog.find(name) ?? []);
  const written = [...outputNames({ nodes: group.ownNodes })].flatMap(
    (name) => catalog.find(name) ?? [],
  );
  const all = [...read, ...[...outputNames({ nodes })].flatMap((name) => catalog.find(name) ?? [])];
  // What the catalog says of a dataset counts as well: how it is read and written.
  const entries = all.map(({ evidence: { file }, key }) =>
    key === undefined ? file : `${file}:${key}`,
  );
  const values = free.filter(isParameterName).flatMap((name) => parameters.find(name));
  const outputs = unique(written.flatMap(({ path }) => path ?? []));
  return {
    dependencies: unique([...read.flatMap(({ path }) => path ?? []), ...code]).filter(
      (path) => path !== '' && !outputs.includes(path),
    ),
    outputs,
    parameters: unique([...values, ...entries]),
    metrics: unique(written.flatMap((one) => classifyDataset(one, noVersion).metrics?.path ?? [])),
    writesModel: written.some((one) => classifyDataset(one, noVersion).model !== undefined),
    evidence: all.map(({ evidence }) => evidence),
  };
}

function kindOf(
  name: string,
  { writesModel, metrics, outputs }: StageFiles,
  nodes: readonly KedroNode[],
): StageKind {
  const named = kindOfName(name);
  if (named !== undefined) return named;
  if (writesModel) return 'train';
  if (metrics.length > 0) return 'evaluate';
  return kindOfNodes(nodes) ?? (outputs.length > 0 ? 'prepare' : 'other');
}

/** What the names of the nodes say: one that trains makes it a training; else all have to say the same. */
function kindOfNodes(nodes: readonly KedroNode[]): StageKind | undefined {
  const kinds = new Set(
    nodes.map(({ name }) => (name === undefined ? undefined : kindOfName(name))),
  );
  return kinds.has('train') ? 'train' : kinds.size === 1 ? [...kinds][0] : undefined;
}

/** The versions of metrics lie in an output, and are others after every run. */
const noVersion = (): undefined => undefined;

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}
