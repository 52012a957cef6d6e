import { dirname, join, posix } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { CONFIG_FILE } from '../config/parseConfig';
import { splitMember } from '../project/classify/memberPath';
import type { Project } from '../project/project';
import type { LoadedProject, ProjectStore } from './projectStore';

/** Folders beyond this many are not watched; the refresh button is there for them. */
const MAX_FOLDERS = 200;
const MARKERS = [CONFIG_FILE, 'dvc.yaml', 'dvc.lock', 'params.yaml'];
/** Files that make a folder one with stages, wherever they turn up. The editor watches its folders anyway. */
const NEW_DEFINITIONS =
  '**/{dvc.yaml,preflight.yaml,Snakefile,Makefile,GNUmakefile,makefile,MLproject,pyproject.toml,pixi.toml,Jenkinsfile,.gitlab-ci.yml,*.smk,*.py,*.ipynb}';
/** Long enough to gather the events of one save, short enough not to be felt. */
const SETTLE_MS = 80;

/**
 * Watches only the folders that the detected project names, never a whole tree. A changed definition detects
 * anew; a changed input or result, or a run's record, only asks for the status again.
 */
export class ProjectWatcher implements Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private watchers = new DisposableStore();
  private timer: NodeJS.Timeout | undefined;
  private redetect = false;
  /** Something that the status rests on has changed. */
  readonly onDidChangeContent = this.changed.event;

  constructor(private readonly store: ProjectStore) {}

  watch(projects: readonly LoadedProject[]): void {
    this.watchers.dispose();
    this.watchers = new DisposableStore();
    for (const loaded of projects) this.watchProject(loaded);
    for (const folder of vscode.workspace.workspaceFolders ?? []) this.watchNew(folder);
  }

  private watchProject({ project, stateFolder }: LoadedProject): void {
    const definitions = definitionFiles(project);
    const interesting = new Set([...definitions, ...contentFiles(project)]);
    const folders = [...new Set([...interesting].map((path) => posix.dirname(path)))].slice(
      0,
      MAX_FOLDERS,
    );
    for (const folder of folders) {
      this.listen(join(project.root, folder), '*', (path) => {
        const relative = posix.join(folder, path);
        if (interesting.has(relative)) this.schedule(definitions.has(relative));
      });
    }
    this.listen(join(project.root, '.preflight'), '**', () => this.schedule(false));
    this.listen(stateFolder, 'runs.jsonl', () => this.schedule(false));
  }

  /** A new definition, or one that is gone; those that are there are watched in their folders. */
  private watchNew(folder: vscode.WorkspaceFolder): void {
    const pattern = new vscode.RelativePattern(folder, NEW_DEFINITIONS);
    const watcher = this.watchers.add(
      vscode.workspace.createFileSystemWatcher(pattern, false, true, false),
    );
    const listener = (): void => this.schedule(true);
    this.watchers.add(watcher.onDidCreate(listener));
    this.watchers.add(watcher.onDidDelete(listener));
  }

  private listen(folder: string, pattern: string, onChange: (name: string) => void): void {
    const base = vscode.Uri.file(folder);
    const watcher = this.watchers.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, pattern)),
    );
    const listener = (uri: vscode.Uri): void => {
      if (dirname(uri.fsPath) === base.fsPath || pattern === '**')
        onChange(posix.basename(uri.path));
    };
    this.watchers.add(watcher.onDidChange(listener));
    this.watchers.add(watcher.onDidCreate(listener));
    this.watchers.add(watcher.onDidDelete(listener));
  }

  private schedule(redetect: boolean): void {
    this.redetect ||= redetect;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const detect = this.redetect;
      this.redetect = false;
      if (detect) void this.store.refresh();
      else this.changed.fire();
    }, SETTLE_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watchers.dispose();
    this.changed.dispose();
  }
}

/** The files that detection rests on. */
function definitionFiles(project: Project): ReadonlySet<string> {
  const evidence = [
    ...project.tools.flatMap((tool) => tool.evidence),
    ...project.stages.flatMap((stage) => stage.evidence),
    ...project.datasets.flatMap((dataset) => dataset.evidence),
    ...project.models.flatMap((model) => model.evidence),
  ];
  return new Set([...MARKERS, ...evidence.map((place) => place.file)]);
}

/** The files whose content the status and the trees show. */
function contentFiles(project: Project): readonly string[] {
  return [
    ...project.stages.flatMap((stage) => [
      ...stage.dependencies,
      ...stage.outputs,
      ...stage.metrics,
    ]),
    ...project.stages.flatMap((stage) =>
      stage.parameters.map((parameter) => parameter.split(':')[0] ?? parameter),
    ),
    ...project.datasets.map(({ path }) => splitMember(path).file),
    ...project.metrics.map((metrics) => metrics.path),
  ];
}
