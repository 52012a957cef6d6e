import * as vscode from 'vscode';
import type { Finding } from '../data/finding';

/** The page that explains a rule; it comes with the extension. */
export function rulePage(extensionUri: vscode.Uri, rule: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'media', 'docs', 'checks', `${rule}.md`);
}

/** What stands behind a finding in the Problems panel: its rule, which leads to the page where it is one of ours. */
export function ruleCode(
  extensionUri: vscode.Uri,
  { rule, source }: Finding,
): Exclude<vscode.Diagnostic['code'], number | undefined> {
  return source === undefined ? { value: rule, target: rulePage(extensionUri, rule) } : rule;
}

/** Shows it as it reads, beside what is there. @param rule from a view: only the name of one leads anywhere */
export async function explainRule(extensionUri: vscode.Uri, rule: string): Promise<void> {
  if (!/^[a-z][a-z-]*$/.test(rule)) return;
  await vscode.commands.executeCommand('markdown.showPreviewToSide', rulePage(extensionUri, rule));
}
