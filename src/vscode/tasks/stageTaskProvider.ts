import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { LoadedProject, ProjectStore } from '../projectStore';
import { createStageTask, TASK_TYPE, type RunRequest, type StageTaskDefinition } from './stageTask';

/** The stages as tasks: in `Tasks: Run Task`, and in tasks.json with keys and options of the user's own. */
export class StageTaskProvider implements vscode.TaskProvider {
  constructor(
    private readonly store: ProjectStore,
    private readonly commandLine: string,
  ) {}

  async provideTasks(): Promise<vscode.Task[]> {
    await this.store.settled();
    const requests = this.store.projects.flatMap((loaded) => [
      { loaded, request: { stages: [] } },
      ...loaded.project.stages
        .filter((stage) => stage.notRunnable === undefined)
        .map((stage) => ({ loaded, request: { stages: [stage.id] } })),
    ]);
    return Promise.all(
      requests.map(({ loaded, request }) => createStageTask(loaded, request, this.commandLine)),
    );
  }

  /** Fills in what runs for a task of tasks.json; undefined where its project is not open. */
  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    const definition = task.definition as Partial<StageTaskDefinition>;
    await this.store.settled();
    const loaded = this.projectOf(task, definition.project);
    if (loaded === undefined) return undefined;
    const resolved = await createStageTask(loaded, requestOf(definition), this.commandLine);
    // The editor tells a task by its definition: it must be the very one of tasks.json.
    resolved.definition = task.definition;
    resolved.name = task.name;
    return resolved;
  }

  private projectOf(task: vscode.Task, project: string | undefined): LoadedProject | undefined {
    const { projects } = this.store;
    if (project === undefined && projects.length === 1) return projects[0];
    const folders =
      typeof task.scope === 'object' ? [task.scope] : (vscode.workspace.workspaceFolders ?? []);
    const roots = new Set(
      folders.map((folder) => resolve(join(folder.uri.fsPath, project ?? '.'))),
    );
    return projects.find((loaded) => roots.has(loaded.project.root));
  }
}

/** What a user wrote; the editor has checked its types by package.json, but only with a warning. */
function requestOf(written: Partial<StageTaskDefinition>): RunRequest {
  return {
    stages: Array.isArray(written.stages) ? written.stages.map(String) : [],
    ...(written.force === true ? { force: true } : {}),
    ...(written.downstream === true ? { downstream: true } : {}),
    ...(written.singleItem === true ? { singleItem: true } : {}),
    ...(written.keepGoing === true ? { keepGoing: true } : {}),
    ...(typeof written.jobs === 'number' ? { jobs: written.jobs } : {}),
    ...(written.set === undefined ? {} : { set: written.set }),
  };
}

export function registerStageTasks(store: ProjectStore, commandLine: string): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TASK_TYPE, new StageTaskProvider(store, commandLine));
}
