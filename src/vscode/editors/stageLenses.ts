import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import type { Disposable } from '../../base/disposable';
import type { ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import type { PipelineNode } from '../trees/pipelineNode';
import { stagesInFile, type StagesAtLine } from './stagesInFile';
import { countStatuses, describeInLine } from '../stageWords';

/** `Run | Debug | stale · params.yaml: train.lr 0.1 -> 0.3` above every stage, whatever file defines it. */
export class StageLenses implements vscode.CodeLensProvider, Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
  ) {}

  show(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return stagesInFile(this.store, document.uri).flatMap((place) => {
      const range = new vscode.Range(place.line, 0, place.line, 0);
      return this.commandsFor(place).map((command) => new vscode.CodeLens(range, command));
    });
  }

  private commandsFor({ loaded, stages }: StagesAtLine): readonly vscode.Command[] {
    const [stage, ...others] = stages;
    if (others.length > 0) return this.commandsForAll({ loaded, stages, line: 0 });
    const node: PipelineNode = { kind: 'stage', loaded, stage };
    const known = this.states.of(loaded, stage.id);
    const status = {
      title: known === undefined ? 'reading the status…' : describeInLine(known),
      tooltip: ['Show in the pipeline graph', ...(known?.status.reasons ?? [])].join('\n'),
      command: 'mlPreflight.pipeline.showGraph',
      arguments: [node],
    };
    if (stage.notRunnable !== undefined || !vscode.workspace.isTrusted) return [status];
    if (known?.status.status === 'running') {
      const stop = { title: '$(debug-stop) Stop', command: 'mlPreflight.stage.stop' };
      return [{ ...stop, arguments: [node] }, status];
    }
    return [
      { title: '$(play) Run', command: 'mlPreflight.stage.run', arguments: [node] },
      { title: '$(debug-alt) Debug', command: 'mlPreflight.stage.debug', arguments: [node] },
      status,
    ];
  }

  /** Stages that one definition makes are run together; one of them is run from the tree. */
  private commandsForAll({ loaded, stages }: StagesAtLine): readonly vscode.Command[] {
    const known = stages.flatMap((stage) => this.states.of(loaded, stage.id)?.status.status ?? []);
    const status = {
      title: `${formatCount(stages.length, 'stage')}: ${countStatuses(known)}`,
      command: 'mlPreflight.pipeline.showGraph',
      arguments: [{ kind: 'stage', loaded, stage: stages[0] } satisfies PipelineNode],
    };
    if (!vscode.workspace.isTrusted) return [status];
    const ids = stages.map((stage) => stage.id);
    return [
      {
        title: '$(run-all) Run All',
        command: 'mlPreflight.pipeline.run',
        arguments: [{ kind: 'project', loaded }, ids],
      },
      status,
    ];
  }

  dispose(): void {
    this.changed.dispose();
  }
}
