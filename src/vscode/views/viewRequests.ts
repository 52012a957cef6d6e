import { isAbsolute, relative, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { ViewRequest } from './viewPanel';

/**
 * What every view may ask of its host. A file is opened only inside the project; `cancel` is the view's own.
 */
export async function answerRequest(
  request: ViewRequest,
  root: string,
  cancel: () => void,
): Promise<void> {
  switch (request.type) {
    case 'open':
      return openInside(root, request.file, request.line);
    case 'run':
      await vscode.commands.executeCommand(request.command, ...request.arguments);
      return;
    case 'cancel':
      return cancel();
  }
}

async function openInside(root: string, file: string, line: number | undefined): Promise<void> {
  const path = resolve(root, file);
  const inside = relative(root, path);
  if (inside.startsWith('..') || isAbsolute(inside)) return;
  const position = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), {
    selection: new vscode.Range(position, position),
    viewColumn: vscode.ViewColumn.Beside,
  });
}
