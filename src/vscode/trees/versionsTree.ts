import * as vscode from 'vscode';
import { coalesce } from '../../base/coalesce';
import type { Disposable } from '../../base/disposable';
import { formatAge, formatNumber } from '../../base/format';
import type { ModelHistory, ModelVersion } from '../../models/version';
import type { LoadedProject, ProjectStore } from '../projectStore';
import { plainTooltip } from './treeNode';

export type VersionNode =
  | { readonly kind: 'model'; readonly loaded: LoadedProject; readonly history: ModelHistory }
  | {
      readonly kind: 'version';
      readonly loaded: LoadedProject;
      readonly model: string;
      readonly version: ModelVersion;
    }
  | { readonly kind: 'metric'; readonly name: string; readonly value: number }
  | { readonly kind: 'message'; readonly text: string };

const MAX_VERSIONS = 500;

/** Every commit that changed a model's metrics, newest first. */
export class VersionsTree implements vscode.TreeDataProvider<VersionNode>, Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private models: Promise<readonly VersionNode[]> | undefined;
  private shown = '';
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly store: ProjectStore) {}

  /**
   * Reads the versions, and shows them where they are others than before: while a tree is drawn anew, the commands
   * of its menus find nothing to work on.
   */
  readonly refresh = coalesce(async () => {
    const models = await this.readModels();
    const text = JSON.stringify(
      models.map((node) => (node.kind === 'model' ? node.history : node)),
    );
    this.models = Promise.resolve(models);
    if (text === this.shown) return;
    this.shown = text;
    this.changed.fire(undefined);
  });

  async getChildren(node?: VersionNode): Promise<VersionNode[]> {
    switch (node?.kind) {
      case undefined:
        return [...(await (this.models ??= this.readModels()))];
      case 'model':
        return node.history.versions.map((version) => ({
          kind: 'version',
          loaded: node.loaded,
          model: node.history.name,
          version,
        }));
      case 'version':
        return Object.entries(node.version.metrics).map(([name, value]) => ({
          kind: 'metric',
          name,
          value,
        }));
      case 'metric':
      case 'message':
        return [];
    }
  }

  private async readModels(): Promise<readonly VersionNode[]> {
    // Reading history runs git, which runs what a repository's configuration says.
    if (!vscode.workspace.isTrusted) return [];
    await this.store.firstContent;
    const nodes = await Promise.all(this.store.projects.map(modelsOf));
    return nodes.flat();
  }

  getTreeItem(node: VersionNode): vscode.TreeItem {
    switch (node.kind) {
      case 'model':
        return modelItem(node.loaded, node.history);
      case 'version':
        return versionItem(node.loaded, node.model, node.version);
      case 'metric':
        return metricItem(node.name, node.value);
      case 'message':
        return new vscode.TreeItem(node.text);
    }
  }

  dispose(): void {
    this.changed.dispose();
  }
}

async function modelsOf(loaded: LoadedProject): Promise<readonly VersionNode[]> {
  if (loaded.repository === undefined) return [];
  const { listModelVersions } = await import('../onDemand');
  const histories = await listModelVersions(loaded.project, loaded.repository, {
    max: MAX_VERSIONS,
  });
  if (!histories.ok) return [{ kind: 'message', text: histories.problem.message }];
  return histories.value
    .filter((history) => history.versions.length > 0)
    .map((history) => ({ kind: 'model', loaded, history }));
}

function modelItem(loaded: LoadedProject, history: ModelHistory): vscode.TreeItem {
  const item = new vscode.TreeItem(history.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${loaded.project.root}\n${history.name}`;
  item.description = `${history.versions.length} version${history.versions.length === 1 ? '' : 's'}`;
  item.iconPath = new vscode.ThemeIcon('package');
  item.contextValue = 'model';
  return item;
}

function versionItem(loaded: LoadedProject, model: string, version: ModelVersion): vscode.TreeItem {
  const item = new vscode.TreeItem(version.version, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${loaded.project.root}\n${model}\n${version.commit}`;
  const metrics = Object.entries(version.metrics).map(
    ([name, value]) => `${name} ${formatNumber(value)}`,
  );
  item.description = [metrics.slice(0, 2).join(', '), formatAge(version.time, Date.now())].join(
    ' · ',
  );
  item.iconPath = new vscode.ThemeIcon('git-commit');
  item.contextValue = 'version';
  item.tooltip = plainTooltip([
    version.subject,
    `${version.author}, ${new Date(version.time).toLocaleString()}`,
    version.commit,
    ...metrics,
  ]);
  return item;
}

function metricItem(name: string, value: number): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  item.description = formatNumber(value);
  item.tooltip = String(value);
  item.iconPath = new vscode.ThemeIcon('symbol-numeric');
  return item;
}
