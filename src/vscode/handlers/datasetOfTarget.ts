import { basename, dirname, relative } from 'node:path';
import * as vscode from 'vscode';
import { findStateFolder } from '../../git/stateFolder';
import { findRepository } from '../../git/repository';
import { isFileOfDataset } from '../../project/classify/datasetFiles';
import { formatOfPath } from '../../project/classify/datasetPath';
import type { Dataset, Project } from '../../project/project';
import { isDatasetTarget } from '../datasetTarget';
import type { LoadedProject } from '../projectStore';
import { isPipelineNode, projectOf, projectWithin } from './commandTarget';
import type { HandlerParts } from './handlerParts';

export interface MeantDataset {
  readonly loaded: LoadedProject;
  readonly selected?: string | undefined;
  /** Only these are read; all where it is absent. */
  readonly names?: readonly string[];
}

/**
 * The dataset of a tree node, of a file of the explorer, or of a view's argument. A file that is no dataset becomes one
 * for this once, also where it lies in no project.
 */
export async function meantDataset(
  parts: HandlerParts,
  target: unknown,
): Promise<MeantDataset | undefined> {
  const loaded = await projectOfDataset(parts, target);
  if (loaded === undefined) return undefined;
  const name = datasetNameOf(target, loaded);
  const isKnown = loaded.project.datasets.some((dataset) => dataset.name === name);
  const path = target instanceof vscode.Uri ? pathWithin(loaded, target) : name;
  // Whoever asks for one file need not wait for all the others.
  if (isKnown && name !== undefined && target instanceof vscode.Uri)
    return { loaded, selected: name, names: [name] };
  if (isKnown || path === undefined) return { loaded, selected: name };
  const format = formatOfPath(path);
  if (format === undefined || path.startsWith('..')) return { loaded, selected: name };
  const file: Dataset = { name: path, path, role: 'other', format, evidence: [] };
  const { project } = loaded;
  return {
    loaded: { ...loaded, project: { ...project, datasets: [...project.datasets, file] } },
    selected: path,
    names: [path],
  };
}

/** The name of the dataset that is meant, if one is; it may be that of a file that is none. */
export function datasetNameOf(target: unknown, loaded: LoadedProject): string | undefined {
  if (typeof target === 'string') return target;
  if (isDatasetTarget(target)) return target.dataset === '' ? undefined : target.dataset;
  if (target instanceof vscode.Uri) {
    const path = pathWithin(loaded, target);
    return loaded.project.datasets.find((dataset) => isFileOfDataset(path, dataset))?.name;
  }
  return isPipelineNode(target) && target.kind === 'dataset' ? target.dataset.name : undefined;
}

/** As it is now: a view may have been opened before the project was detected again. */
export async function projectOfDataset(
  { store, dataReport }: HandlerParts,
  target: unknown,
): Promise<LoadedProject | undefined> {
  if (isDatasetTarget(target)) {
    await store.settled();
    const known = store.projects.find(({ project }) => project.root === target.root);
    return known ?? dataReport.shownOf(target.root);
  }
  if (!(target instanceof vscode.Uri)) return projectOf(target, store);
  await store.settled();
  return projectWithin(store, target) ?? folderAsProject(target);
}

function pathWithin({ project }: LoadedProject, file: vscode.Uri): string {
  return relative(project.root, file.fsPath).replaceAll('\\', '/');
}

/** The folder of a file that belongs to no project. */
async function folderAsProject(file: vscode.Uri): Promise<LoadedProject | undefined> {
  if (file.scheme !== 'file') return undefined;
  const root = dirname(file.fsPath);
  const [repository, stateFolder] = await Promise.all([
    findRepository(root),
    findStateFolder(root),
  ]);
  const project: Project = {
    root,
    tools: [],
    stages: [],
    datasets: [],
    models: [],
    metrics: [],
    problems: [],
  };
  return {
    folder: { uri: vscode.Uri.file(root), name: basename(root), index: 0 },
    project,
    config: {},
    configProblems: [],
    repository: repository.ok ? repository.value : undefined,
    stateFolder,
  };
}
