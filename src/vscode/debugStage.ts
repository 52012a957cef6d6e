import * as vscode from 'vscode';
import type { Problem } from '../base/problem';
import type { DebugConfiguration, DebugTarget } from '../pipeline/debug/debugConfiguration';
import type { Stage } from '../project/project';
import type { LoadedProject } from './projectStore';
import { selectedPython } from './selectedPython';
import { mayRun } from './trust';

const DEBUGGER = 'ms-python.debugpy';

/** Starts Python's debugger on a stage's command; of several, the user chooses one. Nothing is written. */
export async function debugStage(loaded: LoadedProject, stage: Stage): Promise<void> {
  const target = await pickTarget(loaded, stage, `Debug ${stage.name}: which command?`);
  if (target === undefined || !(await hasDebugger())) return;
  for (const note of target.notes) void vscode.window.showInformationMessage(note);
  const { configuration } = target;
  await vscode.debug.startDebugging(loaded.folder, { ...configuration });
}

/** Copies a stage's debug configuration, or adds it to launch.json: what the user chooses. */
export async function shareDebugConfiguration(loaded: LoadedProject, stage: Stage): Promise<void> {
  const target = await pickTarget(loaded, stage, `${stage.name}: which command?`);
  if (target === undefined) return;
  const { portableConfiguration } = await import('./onDemand');
  const configuration = portableConfiguration(target.configuration, loaded.folder.uri.fsPath);
  const copy = { label: '$(copy) Copy Configuration', detail: 'As JSON, for launch.json' };
  const add = { label: '$(add) Add to launch.json', detail: loaded.folder.name };
  const chosen = await vscode.window.showQuickPick([copy, add], {
    title: `Debug configuration of ${stage.name}`,
  });
  if (chosen === copy) {
    await vscode.env.clipboard.writeText(JSON.stringify(configuration, null, 2));
    vscode.window.setStatusBarMessage('Copied the debug configuration', 3000);
  } else if (chosen === add) {
    await addToLaunchFile(loaded.folder, configuration);
  }
}

async function pickTarget(
  loaded: LoadedProject,
  stage: Stage,
  title: string,
): Promise<DebugTarget | undefined> {
  if (!(await mayRun('debugging stages'))) return undefined;
  const { describeDebug, findPythonEnvironment } = await import('./onDemand');
  const { root } = loaded.project;
  const python = await selectedPython(loaded.folder.uri);
  const env = { ...process.env, ...(python === undefined ? {} : { ML_PREFLIGHT_PYTHON: python }) };
  const environment = await findPythonEnvironment(root, env);
  const described = await describeDebug(stage, { root, environment, env });
  if (!described.ok) {
    await showReason(described.problem, loaded);
    return undefined;
  }
  const [first, ...others] = described.value;
  if (others.length === 0) return first;
  const items = described.value.map((target) => ({ label: target.label, target }));
  return (await vscode.window.showQuickPick(items, { title }))?.target;
}

async function showReason(problem: Problem, { project }: LoadedProject): Promise<void> {
  const { file, line = 1, message } = problem;
  const choices = file === undefined ? [] : ['Open Definition'];
  const choice = await vscode.window.showWarningMessage(`ML Preflight: ${message}`, ...choices);
  if (choice === undefined || file === undefined) return;
  const uri = vscode.Uri.joinPath(vscode.Uri.file(project.root), file);
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.commands.executeCommand('vscode.open', uri, { selection });
}

async function hasDebugger(): Promise<boolean> {
  if (vscode.extensions.getExtension(DEBUGGER) !== undefined) return true;
  const choice = await vscode.window.showWarningMessage(
    'ML Preflight: debugging a stage needs the extension Python Debugger.',
    'Show Extension',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('extension.open', DEBUGGER);
  return false;
}

/** One of the same name is replaced; the others stay as they are. */
async function addToLaunchFile(
  folder: vscode.WorkspaceFolder,
  configuration: DebugConfiguration,
): Promise<void> {
  const launch = vscode.workspace.getConfiguration('launch', folder.uri);
  const { workspaceFolderValue: known } =
    launch.inspect<readonly vscode.DebugConfiguration[]>('configurations') ?? {};
  const others = (known ?? []).filter(({ name }) => name !== configuration.name);
  const target = vscode.ConfigurationTarget.WorkspaceFolder;
  await launch.update('configurations', [...others, configuration], target);
  const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'launch.json');
  await vscode.commands.executeCommand('vscode.open', file);
}
