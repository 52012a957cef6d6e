import * as vscode from 'vscode';
import type { Finding, Severity } from '../../data/finding';
import type { DatasetTarget } from '../datasetTarget';
import { ruleCode } from '../rulePage';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const satisfies Readonly<Record<Severity, vscode.DiagnosticSeverity>>;

/** A finding at one line of a file in the Problems panel. @param line 1-based */
export class FindingDiagnostic extends vscode.Diagnostic {
  constructor(
    extensionUri: vscode.Uri,
    readonly target: DatasetTarget,
    readonly finding: Finding,
    line: number,
  ) {
    const row = Math.max(0, line - 1);
    super(
      new vscode.Range(row, 0, row, Number.MAX_SAFE_INTEGER),
      finding.message,
      SEVERITIES[finding.severity],
    );
    this.source = `ML Preflight, ${target.dataset}`;
    this.code = ruleCode(extensionUri, finding);
  }
}
