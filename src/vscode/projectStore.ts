import * as vscode from 'vscode';
import { coalesce } from '../base/coalesce';
import type { Disposable } from '../base/disposable';
import type { Problem } from '../base/problem';
import type { Config } from '../config/config';
import { loadConfig } from '../config/loadConfig';
import { findRepository, type Repository } from '../git/repository';
import { findStateFolder } from '../git/stateFolder';
import { DetectionCache } from '../project/detectionCache';
import type { DetectOptions } from '../project/detectProject';
import { detectProjects } from '../project/detectProjects';
import type { Project } from '../project/project';

/** A detected project with what belongs to it on this machine. */
export interface LoadedProject {
  readonly folder: vscode.WorkspaceFolder;
  readonly project: Project;
  readonly config: Config;
  /** Mistakes of preflight.yaml; the configuration is then empty. */
  readonly configProblems: readonly Problem[];
  readonly repository: Repository | undefined;
  /** Where runs, logs and verdicts are kept: inside the git folder. */
  readonly stateFolder: string;
}

export type ProjectState =
  | { readonly kind: 'detecting' }
  | { readonly kind: 'ready'; readonly projects: readonly LoadedProject[] };

/** What the open folders are, kept up to date. Everything that is shown starts here. */
export class ProjectStore implements Disposable {
  private readonly changed = new vscode.EventEmitter<ProjectState>();
  private isWhole = false;
  /** By the path of the folder: a saved file must not cost the reading of all the others. */
  private readonly caches = new Map<string, DetectionCache>();
  readonly onDidChange = this.changed.event;
  state: ProjectState = { kind: 'detecting' };
  /** There is something to show, though perhaps not everything yet. */
  readonly firstContent = new Promise<void>((resolve) => {
    const first = this.onDidChange(() => {
      first.dispose();
      resolve();
    });
  });

  get projects(): readonly LoadedProject[] {
    return this.state.kind === 'ready' ? this.state.projects : [];
  }

  /** Detects again; ends when everything is up to date. */
  readonly refresh = coalesce(async () => {
    // What files declare is there at once; what scripts do takes longer to read.
    if (this.state.kind === 'detecting') await this.detect({ declaredOnly: true });
    this.isWhole = false;
    await this.detect({});
    this.isWhole = true;
  });

  /** Everything has been detected; what is under way is waited for. */
  async settled(): Promise<void> {
    if (!this.isWhole) await this.refresh();
  }

  private async detect(options: DetectOptions): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const loaded = await Promise.all(
      folders.map((folder) => loadFolder(folder, { ...options, cache: this.cacheOf(folder) })),
    );
    this.state = { kind: 'ready', projects: loaded.flat() };
    this.changed.fire(this.state);
  }

  private cacheOf({ uri }: vscode.WorkspaceFolder): DetectionCache {
    const cache = this.caches.get(uri.fsPath) ?? new DetectionCache();
    this.caches.set(uri.fsPath, cache);
    return cache;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

async function loadFolder(
  folder: vscode.WorkspaceFolder,
  options: DetectOptions,
): Promise<readonly LoadedProject[]> {
  if (folder.uri.scheme !== 'file') return [];
  const detected = await detectProjects(folder.uri.fsPath, options);
  if (!detected.ok) return [];
  return Promise.all(detected.value.map((project) => loadProject(folder, project)));
}

async function loadProject(
  folder: vscode.WorkspaceFolder,
  project: Project,
): Promise<LoadedProject> {
  const [config, repository, stateFolder] = await Promise.all([
    loadConfig(project.root),
    findRepository(project.root),
    findStateFolder(project.root),
  ]);
  return {
    folder,
    project,
    config: config.ok ? config.value : {},
    configProblems: config.ok ? [] : config.problem,
    repository: repository.ok ? repository.value : undefined,
    stateFolder,
  };
}
