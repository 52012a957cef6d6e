import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import { formatProblem, type Problem } from '../base/problem';
import type { LoadedProject } from './projectStore';

/** What detection could not read, in the Problems panel at its line. */
export class ProblemsPanel implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('ML Preflight');

  show(projects: readonly LoadedProject[]): void {
    this.collection.clear();
    for (const { project, configProblems } of projects) {
      const problems = uniqueProblems([...configProblems, ...project.problems]);
      for (const file of new Set(problems.map((problem) => problem.file))) {
        if (file === undefined) continue;
        const uri = vscode.Uri.joinPath(vscode.Uri.file(project.root), file);
        const ofFile = problems.filter((problem) => problem.file === file);
        this.collection.set(uri, ofFile.map(toDiagnostic));
      }
    }
  }

  dispose(): void {
    this.collection.dispose();
  }
}

/** A mistake in preflight.yaml is met by detection and by the configuration's own reader. */
function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

function toDiagnostic(problem: Problem): vscode.Diagnostic {
  const line = (problem.line ?? 1) - 1;
  const range = new vscode.Range(line, (problem.column ?? 1) - 1, line, Number.MAX_SAFE_INTEGER);
  const text = problem.fix === undefined ? problem.message : `${problem.message} ${problem.fix}`;
  const diagnostic = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'ML Preflight';
  diagnostic.code = problem.code;
  return diagnostic;
}
