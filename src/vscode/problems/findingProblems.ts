import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Finding } from '../../data/finding';
import type { DatasetReport, ValidationReport } from '../../data/report';
import type { LoadedProject } from '../projectStore';
import { FindingDiagnostic } from './findingDiagnostic';

/** More findings than this help nobody in a list. */
const MOST_IN_FILE = 500;

/**
 * What the last validation found, in the Problems panel: at the line of the schema that demands otherwise; without a
 * schema at the data file. The edit of the schema that accepts a finding is its quick fix.
 */
export class FindingProblems implements Disposable, vscode.CodeActionProvider {
  private readonly collection = vscode.languages.createDiagnosticCollection('ML Preflight data');
  private readonly files = new Map<string, readonly vscode.Uri[]>();

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** Replaces what was shown of the project. */
  show({ project }: LoadedProject, { datasets }: ValidationReport): void {
    for (const uri of this.files.get(project.root) ?? []) this.collection.delete(uri);
    const byFile = new Map<string, FindingDiagnostic[]>();
    for (const dataset of datasets) {
      for (const finding of dataset.findings) {
        const file = join(project.root, fileOf(dataset, finding));
        const line = finding.place?.line ?? 1;
        const diagnostic = new FindingDiagnostic(this.extensionUri, dataset.name, finding, line);
        const known = byFile.get(file);
        if (known === undefined) byFile.set(file, [diagnostic]);
        else known.push(diagnostic);
      }
    }
    const shown = [...byFile].map(([file, found]) => {
      const uri = vscode.Uri.file(file);
      this.collection.set(uri, found.slice(0, MOST_IN_FILE));
      return uri;
    });
    this.files.set(project.root, shown);
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    // The editor hands out copies: ours are those that were set.
    const own = this.collection.get(document.uri) ?? [];
    return own.flatMap((diagnostic) =>
      diagnostic instanceof FindingDiagnostic && diagnostic.range.intersection(range) !== undefined
        ? acceptAction(diagnostic)
        : [],
    );
  }

  dispose(): void {
    this.collection.dispose();
  }
}

function fileOf(dataset: DatasetReport, { place }: Finding): string {
  return place?.file ?? dataset.path;
}

function acceptAction(diagnostic: FindingDiagnostic): vscode.CodeAction[] {
  const { fix } = diagnostic.finding;
  if (fix === undefined) return [];
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = {
    command: 'mlPreflight.data.accept',
    title: fix.title,
    arguments: [diagnostic.dataset, fix.accept],
  };
  return [action];
}
