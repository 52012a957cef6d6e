import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import {
  writeEditorSelection,
  type EditorSelection,
} from '../pipeline/environment/editorSelection';
import type { LoadedProject } from './projectStore';

/** What we use of the Python extension (ms-python.python). */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource: vscode.Uri): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

/** What we use of Python Environments (ms-python.vscode-python-envs), which takes over where it is there. */
interface EnvironmentsExtension {
  getEnvironment?(scope: vscode.Uri): Promise<
    | {
        readonly environmentPath: vscode.Uri;
        readonly execInfo?: { readonly run: { readonly executable: string } };
      }
    | undefined
  >;
  readonly onDidChangeEnvironment?: vscode.Event<unknown>;
}

const ENVIRONMENTS = 'ms-python.vscode-python-envs';
const PYTHON = 'ms-python.python';

/** The interpreter that stages of a folder are run with; undefined leaves it to the search of the command line. */
export async function selectedPython(folder: vscode.Uri): Promise<string | undefined> {
  return (await readSelection(folder, { activate: true }))?.python;
}

/**
 * The user's setting, else what is selected in the extensions of Python.
 * @param activate whether an extension that is not running yet is started for the answer
 */
async function readSelection(
  folder: vscode.Uri,
  { activate }: { readonly activate: boolean },
): Promise<EditorSelection | undefined> {
  const python = vscode.workspace.getConfiguration('mlPreflight', folder).get<string>('python', '');
  if (python !== '') {
    return { python: resolveSetting(python, folder), by: 'the setting mlPreflight.python' };
  }
  const environments = await exportsOf<EnvironmentsExtension>(ENVIRONMENTS, activate);
  const environment = await environments?.getEnvironment?.(folder);
  if (environment !== undefined) {
    const path = environment.execInfo?.run.executable ?? environment.environmentPath.fsPath;
    return { python: path, by: 'Python Environments' };
  }
  const extension = await exportsOf<PythonExtension>(PYTHON, activate);
  const path = extension?.environments?.getActiveEnvironmentPath(folder).path;
  // `python` is the extension's word for: nothing is selected.
  return path === undefined || path === 'python'
    ? undefined
    : { python: path, by: 'the Python extension' };
}

/** A setting may be shared, and then names the interpreter from the folder, or from the home folder. */
function resolveSetting(path: string, folder: vscode.Uri): string {
  const known = path
    .replace(/^\$\{workspaceFolder\}/, () => folder.fsPath)
    .replace(/^~(?=[/\\])/, () => homedir());
  return resolve(folder.fsPath, known);
}

/** What an extension offers; undefined where it is not installed, or not running and not to be started. */
async function exportsOf<Exports>(id: string, activate: boolean): Promise<Exports | undefined> {
  const extension = vscode.extensions.getExtension<Exports | undefined>(id);
  if (extension === undefined) return undefined;
  if (extension.isActive) return extension.exports;
  return activate ? extension.activate() : undefined;
}

/**
 * Keeps what is selected in the editor in each project's state folder: the hook of a commit in the Source Control panel
 * and a terminal have no other way to know it.
 */
export class PythonSelection implements Disposable {
  private projects: readonly LoadedProject[] = [];
  private readonly watched = new Set<string>();
  private readonly subscriptions: Disposable[] = [];

  /** @param inBackground takes the work that nobody waits for, and what it throws */
  constructor(private readonly inBackground: (work: Promise<void>) => void) {
    this.subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('mlPreflight.python')) this.keepAgain();
      }),
      // Nothing tells that another extension has started; most start with the first file that is theirs.
      vscode.window.onDidChangeActiveTextEditor(() => {
        if (this.isIncomplete()) this.keepAgain();
      }),
    );
  }

  /** Keeps the selection of these projects, now and whenever it changes. Starts no other extension. */
  async keep(projects: readonly LoadedProject[]): Promise<void> {
    this.projects = projects;
    await this.watchExtensions();
    for (const { folder, stateFolder } of projects) {
      const selection = await readSelection(folder.uri, { activate: false });
      // Before the extensions run nobody knows: what was selected last still holds.
      if (selection === undefined && this.isWaiting()) continue;
      await writeEditorSelection(stateFolder, selection);
    }
  }

  /** Those that are running by now; another refresh sees the others. */
  private async watchExtensions(): Promise<void> {
    const environments = await exportsOf<EnvironmentsExtension>(ENVIRONMENTS, false);
    const python = await exportsOf<PythonExtension>(PYTHON, false);
    this.watch(ENVIRONMENTS, environments?.onDidChangeEnvironment);
    this.watch(PYTHON, python?.environments?.onDidChangeActiveEnvironmentPath);
  }

  private watch(id: string, changed: vscode.Event<unknown> | undefined): void {
    if (this.watched.has(id) || vscode.extensions.getExtension(id)?.isActive !== true) return;
    this.watched.add(id);
    if (changed === undefined) return;
    this.subscriptions.push(changed(() => this.keepAgain()));
  }

  private isWaiting(): boolean {
    return [ENVIRONMENTS, PYTHON].some(
      (id) => vscode.extensions.getExtension(id)?.isActive === false,
    );
  }

  /** Whether one of the extensions is there, but not watched yet. */
  private isIncomplete(): boolean {
    return [ENVIRONMENTS, PYTHON].some(
      (id) => vscode.extensions.getExtension(id)?.isActive === true && !this.watched.has(id),
    );
  }

  private keepAgain(): void {
    this.inBackground(this.keep(this.projects));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
