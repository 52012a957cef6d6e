import * as vscode from 'vscode';
import { ProcessTree } from '../../pipeline/run/processTree';
import { readRuns } from '../../pipeline/ledger/runLedger';
import type { LoadedProject } from '../projectStore';
import { TASK_TYPE } from './stageTask';

/**
 * Stops a stage that is running: through its task where the editor has it, which gives it time to save its work; a
 * stage that was started elsewhere is interrupted as Ctrl+C would.
 */
export async function stopStage(loaded: LoadedProject, stage: string): Promise<void> {
  const runs = await readRuns(loaded.stateFolder);
  const running = runs.findLast((run) => run.stage === stage && run.status === 'running');
  if (running === undefined) {
    await vscode.window.showInformationMessage(`ML Preflight: ${stage} is not running.`);
    return;
  }
  const task = vscode.tasks.taskExecutions.find(({ task: { definition } }) => {
    const stages: unknown = definition['stages'];
    return definition.type === TASK_TYPE && Array.isArray(stages) && stages.includes(stage);
  });
  if (task !== undefined) task.terminate();
  else if (running.pid !== null) await new ProcessTree(running.pid).signal('SIGINT');
}
