import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { formatProblem, type Problem } from '../../base/problem';
import type { LoadedProject } from '../projectStore';
import type { StageStates } from '../stageStates';

/** What detection could not read, and what made runs fail, in the Problems panel at its line. */
export class ProblemsPanel implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('ML Preflight');
  private readonly failures = vscode.languages.createDiagnosticCollection('ML Preflight runs');

  /** Of each stage whose last run failed, the line of the project's own code that raised the error. */
  showFailures(projects: readonly LoadedProject[], states: StageStates): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const loaded of projects) {
      for (const stage of loaded.project.stages) {
        const failure = states.of(loaded, stage.id)?.failure;
        if (failure?.place === undefined) continue;
        const file = join(loaded.project.root, failure.place.file);
        const diagnostic = failureDiagnostic(stage.name, failure.error, failure.place.line);
        byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
      }
    }
    this.failures.clear();
    for (const [file, found] of byFile) this.failures.set(vscode.Uri.file(file), found);
  }

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
    this.failures.dispose();
  }
}

/** A mistake in preflight.yaml is met by detection and by the configuration's own reader. */
function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

function failureDiagnostic(stage: string, error: string, line: number): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
  const diagnostic = new vscode.Diagnostic(range, error, vscode.DiagnosticSeverity.Error);
  diagnostic.source = `ML Preflight, last run of ${stage}`;
  return diagnostic;
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
