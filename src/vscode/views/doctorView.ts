import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { DoctorLine, DoctorReport } from '../../pipeline/doctor/doctorReport';
import type { LoadedProject, ProjectStore } from '../projectStore';
import { selectedPython } from '../selectedPython';
import { readyState, ViewPanel, type ViewRequest } from './viewPanel';
import { answerRequest } from './viewRequests';

/** Doctor: what was found and what is missing for the open projects. */
export class DoctorView implements Disposable {
  private readonly panel: ViewPanel<'doctor'>;
  private report: DoctorReport | undefined;

  constructor(
    extensionUri: vscode.Uri,
    private readonly store: ProjectStore,
    private readonly engine: EngineCommand,
  ) {
    this.panel = new ViewPanel('doctor', 'Doctor', extensionUri, (request) => this.answer(request));
  }

  /** Looks at everything anew, and shows it. */
  async open(): Promise<void> {
    const what = 'Looking at git, Python and the tools';
    await this.panel.show({ kind: 'working', what, cancellable: false }, { reveal: true });
    await this.store.settled();
    const [first] = this.store.projects;
    if (first === undefined) {
      const message = 'No folder is open: Doctor looks at the projects of a folder.';
      await this.panel.show({ kind: 'empty', message }, { reveal: false });
      return;
    }
    const { examine, inspectEngine, reportToMarkdown } = await import('../onDemand');
    this.report = await examine({
      folder: first.folder.uri.fsPath,
      projects: this.store.projects.map(({ project }) => project),
      envOf: ({ root }) => environmentOf(this.store.projects, root),
      engine: inspectEngine(this.engine),
      host: [editorLine()],
      mayRunGit: vscode.workspace.isTrusted,
      now: Date.now(),
    });
    const content = {
      report: this.report,
      markdown: reportToMarkdown(this.report, homedir()),
    };
    await this.panel.show(readyState(content), { reveal: false });
  }

  private async answer(request: ViewRequest): Promise<void> {
    if (request.type !== 'open') return answerRequest(request, '', () => {});
    // Only what the report itself names: logs and hooks are not in the project's folder.
    const named = this.report?.groups.some(({ lines }) =>
      lines.some(({ file }) => file === request.file),
    );
    if (named !== true) return;
    const line = Math.max(0, (request.line ?? 1) - 1);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(request.file), {
      selection: new vscode.Range(line, 0, line, 0),
      viewColumn: vscode.ViewColumn.Beside,
    });
  }

  dispose(): void {
    this.panel.dispose();
  }
}

/** What a run that is started here would see. */
async function environmentOf(
  projects: readonly LoadedProject[],
  root: string,
): Promise<NodeJS.ProcessEnv> {
  const loaded = projects.find(({ project }) => project.root === root);
  if (loaded === undefined || !vscode.workspace.isTrusted) return process.env;
  const python = await selectedPython(loaded.folder.uri);
  return { ...process.env, ...(python === undefined ? {} : { ML_PREFLIGHT_PYTHON: python }) };
}

function editorLine(): DoctorLine {
  const { appName, remoteName } = vscode.env;
  const place = remoteName === undefined ? '' : ` (${remoteName})`;
  const value = `${appName} ${vscode.version}${place}`;
  return { id: 'product.editor', name: 'editor', state: 'ok', value };
}
