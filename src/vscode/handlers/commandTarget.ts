import { isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';
import type { Stage } from '../../project/project';
import { pickProject, pickStage, type StageChoice } from '../pickers';
import type { LoadedProject, ProjectStore } from '../projectStore';
import type { PipelineNode } from '../trees/pipelineNode';
import type { VersionNode } from '../trees/versionsTree';
import type { HandlerParts } from './handlerParts';

/** A node of the Pipeline tree that belongs to a project. */
type ProjectNode = PipelineNode & { readonly loaded: LoadedProject };

const PROJECT_NODES = new Set(['project', 'stage', 'onRequest', 'datasets', 'dataset', 'problem']);

export function isPipelineNode(node: unknown): node is ProjectNode {
  return isNode(node) && PROJECT_NODES.has(node.kind);
}

export function isVersionNode(node: unknown): node is VersionNode {
  return isNode(node) && ['model', 'version', 'metric'].includes(node.kind);
}

function isNode(node: unknown): node is { readonly kind: string } {
  return typeof node === 'object' && node !== null && 'kind' in node;
}

/** The project of a tree node, of a file, or of the file that is open; else the only one, or the one that the user picks. */
export async function projectOf(
  node: unknown,
  store: ProjectStore,
): Promise<LoadedProject | undefined> {
  if (isPipelineNode(node)) return node.loaded;
  await store.settled();
  const ofFile = node instanceof vscode.Uri ? projectWithin(store, node) : undefined;
  return ofFile ?? projectOfEditor(store) ?? (await pickProject(store));
}

/** Where several projects are open, the one whose file the user is looking at is meant. */
function projectOfEditor(store: ProjectStore): LoadedProject | undefined {
  const file = vscode.window.activeTextEditor?.document.uri;
  return file === undefined ? undefined : projectWithin(store, file);
}

/** The project that a file lies in; undefined where it lies in none. */
export function projectWithin(store: ProjectStore, file: vscode.Uri): LoadedProject | undefined {
  if (file.scheme !== 'file') return undefined;
  const isInside = ({ project }: LoadedProject): boolean => {
    const path = relative(project.root, file.fsPath);
    return !path.startsWith('..') && !isAbsolute(path);
  };
  // The innermost, where one project lies in another.
  return store.projects
    .filter(isInside)
    .sort((a, b) => b.project.root.length - a.project.root.length)[0];
}

export interface StageTarget {
  readonly loaded: LoadedProject;
  readonly stage: Stage;
}

/** The stage of a tree node; or that of a view's arguments, which are a project's root and a stage's id; else the user picks. */
export async function stageOf(
  node: unknown,
  id: unknown,
  { store, states }: Pick<HandlerParts, 'store' | 'states'>,
  among: StageChoice = 'all',
): Promise<StageTarget | undefined> {
  if (isPipelineNode(node) && node.kind === 'stage') return node;
  if (typeof node === 'string') return namedStage(node, id, store);
  const loaded = await projectOf(node, store);
  const stage = loaded === undefined ? undefined : await pickStage(loaded, states, among);
  return loaded === undefined || stage === undefined ? undefined : { loaded, stage };
}

function namedStage(root: string, id: unknown, store: ProjectStore): StageTarget | undefined {
  const loaded = store.projects.find(({ project }) => project.root === root);
  const stage = loaded?.project.stages.find((candidate) => candidate.id === id);
  return loaded === undefined || stage === undefined ? undefined : { loaded, stage };
}
