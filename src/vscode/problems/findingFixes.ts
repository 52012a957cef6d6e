import * as vscode from 'vscode';
import type { FindingDiagnostic } from './findingDiagnostic';
import type { FindingMarks } from './findingMarks';

/** The edit of the schema that accepts a finding, as its quick fix: at the line of the schema, and at its rows. */
export class FindingFixes implements vscode.CodeActionProvider {
  constructor(private readonly marks: readonly FindingMarks[]) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return this.marks
      .flatMap((marks) => marks.in(document.uri))
      .filter((diagnostic) => diagnostic.range.intersection(range) !== undefined)
      .flatMap(acceptAction);
  }
}

function acceptAction(diagnostic: FindingDiagnostic): vscode.CodeAction[] {
  const { fix } = diagnostic.finding;
  if (fix === undefined) return [];
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = {
    command: 'mlPreflight.data.accept',
    title: fix.title,
    arguments: [diagnostic.target, fix.accept],
  };
  return [action];
}
