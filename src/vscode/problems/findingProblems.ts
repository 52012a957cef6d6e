import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Finding } from '../../data/finding';
import type { DatasetReport, ValidationReport } from '../../data/report';
import { datasetTarget } from '../datasetTarget';
import type { LoadedProject } from '../projectStore';
import { FindingDiagnostic } from './findingDiagnostic';
import { FindingMarks } from './findingMarks';

/**
 * What the last validation found, in the Problems panel: at the line of the schema that demands otherwise; without a
 * schema at the data file.
 */
export class FindingProblems implements Disposable {
  readonly marks = new FindingMarks('ML Preflight data');

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** Replaces what was shown of the datasets of the report, and of those that the project no longer has. */
  show(loaded: LoadedProject, { datasets }: ValidationReport): void {
    const { project } = loaded;
    this.marks.keepOnly(loaded, new Set(project.datasets.map(({ name }) => name)));
    for (const report of datasets) {
      const target = datasetTarget(project.root, report.name);
      const byFile = new Map<string, FindingDiagnostic[]>();
      for (const finding of report.findings) {
        const file = join(project.root, fileOf(report, finding));
        const line = finding.place?.line ?? 1;
        const known = byFile.get(file) ?? [];
        known.push(new FindingDiagnostic(this.extensionUri, target, finding, line));
        byFile.set(file, known);
      }
      this.marks.replace(loaded, report.name, byFile);
    }
  }

  dispose(): void {
    this.marks.dispose();
  }
}

function fileOf(dataset: DatasetReport, { place }: Finding): string {
  return place?.file ?? dataset.path;
}
