import * as vscode from 'vscode';
import type { Evidence } from '../../base/evidence';
import type { LoadedProject } from '../projectStore';

/** Opens the line that a detection rests on, when its tree item is clicked. */
export function openEvidence(loaded: LoadedProject, place: Evidence): vscode.Command {
  const line = new vscode.Position(Math.max(0, place.line - 1), 0);
  return {
    command: 'vscode.open',
    title: 'Open',
    arguments: [
      vscode.Uri.joinPath(vscode.Uri.file(loaded.project.root), place.file),
      { selection: new vscode.Range(line, line) } satisfies vscode.TextDocumentShowOptions,
    ],
  };
}

/** Text of datasets and repositories, as plain text in a Markdown tooltip. */
export function plainTooltip(lines: readonly string[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  lines.forEach((line, index) => {
    if (index > 0) tooltip.appendMarkdown('\n\n');
    tooltip.appendText(line);
  });
  return tooltip;
}
