import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { readRuns } from '../../pipeline/ledger/runLedger';
import { ProcessTree } from '../../pipeline/run/processTree';
import { markerOf } from '../../pipeline/run/runMarker';
import type { Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import { TASK_TYPE, type StageTaskDefinition } from './stageTask';

/**
 * Stops a stage that is running: through its task where that runs nothing else at the moment, which gives it time to
 * save its work and records that it was cancelled; otherwise it is interrupted as Ctrl+C would.
 */
export async function stopStage(loaded: LoadedProject, stage: Stage): Promise<void> {
  const runs = await readRuns(loaded.stateFolder);
  const running = runs.filter((run) => run.status === 'running');
  const its = running.findLast((run) => run.stage === stage.id);
  if (its === undefined) {
    await vscode.window.showInformationMessage(`ML Preflight: ${stage.name} is not running.`);
    return;
  }
  const isAlone = running.every((run) => run === its || run.run !== its.run);
  const task = vscode.tasks.taskExecutions.find((execution) => isRunOf(execution, loaded, stage));
  if (task !== undefined && isAlone) task.terminate();
  else if (its.pid !== null) {
    await new ProcessTree(its.pid, markerOf(its.run, its.stage)).signal('SIGINT');
  }
}

/** Whether a task of the editor is what runs a stage: a stage of another project may have the same id. */
function isRunOf(
  { task: { definition, scope } }: vscode.TaskExecution,
  loaded: LoadedProject,
  { id, name }: Stage,
): boolean {
  if (definition.type !== TASK_TYPE) return false;
  const { stages, project }: Partial<StageTaskDefinition> = definition;
  const folder = typeof scope === 'object' ? scope : loaded.folder;
  if (resolve(folder.uri.fsPath, project ?? '.') !== loaded.project.root) return false;
  if (!Array.isArray(stages)) return false;
  return stages.length === 0 || stages.includes(id) || stages.includes(name);
}
