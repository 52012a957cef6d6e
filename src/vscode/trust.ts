import * as vscode from 'vscode';

/** Whether what the project says may be run; where not, says so and leads to what changes it. */
export async function mayRun(what: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const choice = await vscode.window.showWarningMessage(
    `ML Preflight: ${what} is off until this workspace is trusted.`,
    'Manage Workspace Trust',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
