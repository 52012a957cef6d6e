import * as vscode from 'vscode';
import { formatProblem, type Problem } from '../../base/problem';

export async function showProblem(problem: Problem): Promise<void> {
  await vscode.window.showErrorMessage(`ML Preflight: ${formatProblem(problem)}`);
}
