import type * as vscode from 'vscode';
import type { Problem } from '../../base/problem';
import type { Dataset, Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';

/** What the Pipeline tree is made of; commands of its menus get one. */
export type PipelineNode =
  | { readonly kind: 'project'; readonly loaded: LoadedProject }
  | StageNode
  | { readonly kind: 'datasets'; readonly loaded: LoadedProject }
  | { readonly kind: 'dataset'; readonly loaded: LoadedProject; readonly dataset: Dataset }
  | { readonly kind: 'problem'; readonly loaded: LoadedProject; readonly problem: Problem }
  | { readonly kind: 'onRequest'; readonly loaded: LoadedProject }
  | DetailNode;

/** One line of what is known of a stage. */
export interface DetailNode {
  readonly kind: 'detail';
  readonly text: string;
  readonly icon: string;
  readonly description?: string;
  readonly command?: vscode.Command;
}

export interface StageNode {
  readonly kind: 'stage';
  readonly loaded: LoadedProject;
  readonly stage: Stage;
  /** Where it is, if another stage of the project has its name. */
  readonly place?: string;
}
