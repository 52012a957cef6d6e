import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { LoadedProject } from '../projectStore';
import type { FindingDiagnostic } from './findingDiagnostic';
import { MarksByFile } from './marksByFile';

/** More findings than this help nobody in a list. */
const MOST_IN_FILE = 500;

/** Findings of the datasets of every project of the window in the Problems panel, replaced dataset by dataset. */
export class FindingMarks implements Disposable {
  private readonly collection: vscode.DiagnosticCollection;
  private readonly marks = new MarksByFile<FindingDiagnostic>();

  /** @param name of the collection */
  constructor(name: string) {
    this.collection = vscode.languages.createDiagnosticCollection(name);
  }

  /** Replaces what was shown of a dataset. @param marks by the absolute path of the file */
  replace(
    { project }: LoadedProject,
    dataset: string,
    marks: ReadonlyMap<string, readonly FindingDiagnostic[]>,
  ): void {
    this.replaceOwned(ownerOf(project.root, dataset), marks);
  }

  /** Removes what was shown of datasets that the project no longer has. @param datasets the names of those it has */
  keepOnly({ project }: LoadedProject, datasets: ReadonlySet<string>): void {
    const kept = new Set([...datasets].map((dataset) => ownerOf(project.root, dataset)));
    const own = ownerOf(project.root, '');
    for (const owner of this.marks.owners) {
      if (owner.startsWith(own) && !kept.has(owner)) this.replaceOwned(owner, new Map());
    }
  }

  /** The editor hands out copies: these are the ones that were set. */
  in(uri: vscode.Uri): readonly FindingDiagnostic[] {
    return this.marks.in(uri.fsPath);
  }

  private replaceOwned(
    owner: string,
    marks: ReadonlyMap<string, readonly FindingDiagnostic[]>,
  ): void {
    for (const [file, found] of this.marks.replace(owner, marks)) {
      this.collection.set(vscode.Uri.file(file), found.slice(0, MOST_IN_FILE));
    }
  }

  dispose(): void {
    this.collection.dispose();
  }
}

/** No path has a NUL in it. */
function ownerOf(root: string, dataset: string): string {
  return `${root}\0${dataset}`;
}
