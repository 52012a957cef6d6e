import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { describeGraph } from '../../pipeline/graph/describeGraph';
import type { ViewState } from '../../protocol/view';
import type { ViewContents } from '../../protocol/views';
import type { LoadedProject, ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import { readyState, ViewPanel, type ViewRequest } from './viewPanel';
import { answerRequest } from './viewRequests';

type Content = ViewContents['pipelineGraph'];

/** The pipeline of one project as a graph, with the status of every stage as it is now. */
export class PipelineGraphView implements Disposable {
  private readonly panel: ViewPanel<'pipelineGraph'>;
  private readonly listeners: vscode.Disposable;
  /** The root of the project that is shown: its object is another one whenever it is detected again. */
  private root: string | undefined;
  private selected: Content['selected'];

  constructor(
    extensionUri: vscode.Uri,
    private readonly store: ProjectStore,
    private readonly states: StageStates,
  ) {
    this.panel = new ViewPanel('pipelineGraph', 'Pipeline', extensionUri, (request) =>
      this.answer(request),
    );
    // The states follow the store, so that one event tells of both.
    this.listeners = states.onDidChange(() => void this.refresh());
  }

  /** Shows a project, and one of its stages, by id, where it is said which. */
  async open({ project }: LoadedProject, stage?: string): Promise<void> {
    this.root = project.root;
    this.selected = stage === undefined ? undefined : { stage, asked: Date.now() };
    await this.panel.show(this.viewState(), { reveal: true });
  }

  /** Shows the newest state where the view is open. */
  async refresh(): Promise<void> {
    if (this.panel.isOpen) await this.panel.show(this.viewState(), { reveal: false });
  }

  private get loaded(): LoadedProject | undefined {
    return this.store.projects.find(({ project }) => project.root === this.root);
  }

  private viewState(): ViewState<Content> {
    const { loaded } = this;
    if (loaded === undefined) {
      return { kind: 'empty', message: 'The project of this graph is no longer open.' };
    }
    const { project } = loaded;
    if (project.stages.length === 0) {
      return {
        kind: 'empty',
        message:
          'Here the stages of the pipeline would be, but none was found. Describe them in preflight.yaml, under `stages`.',
      };
    }
    return readyState({
      project: basename(project.root),
      stages: describeGraph(project, (id) => this.states.of(loaded, id)),
      ...(this.selected === undefined ? {} : { selected: this.selected }),
    });
  }

  /** The view names stages only; which project they belong to is known here. */
  private async answer(request: ViewRequest): Promise<void> {
    const { loaded } = this;
    if (loaded === undefined) return;
    const { root } = loaded.project;
    if (request.type !== 'run') return answerRequest(request, root, () => {});
    const target =
      request.command === 'mlPreflight.pipeline.run'
        ? [{ kind: 'project', loaded }]
        : [root, ...request.arguments];
    await vscode.commands.executeCommand(request.command, ...target);
  }

  dispose(): void {
    this.listeners.dispose();
    this.panel.dispose();
  }
}
