import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { FailingRows, Finding } from '../../data/finding';
import type { DatasetReport, ValidationReport } from '../../data/report';
import type { DatasetFormat } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import { FindingDiagnostic } from './findingDiagnostic';

/** Formats whose rows are lines that an editor can show. */
const LINES: ReadonlySet<DatasetFormat> = new Set(['csv', 'tsv', 'jsonl']);

/** Lines that are marked for one finding: more are in the Data Report's count. */
const MOST_LINES = 5;

/**
 * Marks the rows that findings are about in the Problems panel, in files of lines. They are looked for after the
 * report is shown, for that reads the data once more.
 */
export class FindingRowProblems implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('ML Preflight rows');

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly engine: EngineCommand,
  ) {}

  async show(
    loaded: LoadedProject,
    { datasets }: ValidationReport,
    signal: AbortSignal,
  ): Promise<void> {
    this.collection.clear();
    for (const report of datasets) {
      if (!LINES.has(report.format) || signal.aborted) continue;
      await this.markDataset(loaded, report, signal);
    }
  }

  private async markDataset(
    { project, repository, stateFolder }: LoadedProject,
    report: DatasetReport,
    signal: AbortSignal,
  ): Promise<void> {
    const dataset = project.datasets.find(({ name }) => name === report.name);
    const found = report.findings.flatMap((finding) =>
      finding.where === undefined || finding.severity === 'info'
        ? []
        : [{ finding, where: finding.where }],
    );
    if (dataset === undefined || found.length === 0) return;
    const { failingRows } = await import('../onDemand');
    const read = await failingRows({
      project,
      repository,
      stateFolder,
      source: 'worktree',
      dataset,
      filters: found.map(({ where }) => where),
      limit: MOST_LINES,
      engine: this.engine,
      signal,
    });
    if (!read.ok || signal.aborted) return;
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const [index, { finding }] of found.entries()) {
      for (const { file, diagnostic } of marksOf(
        this.extensionUri,
        finding,
        read.value[index],
        report,
      )) {
        byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
      }
    }
    for (const [file, marks] of byFile)
      this.collection.set(vscode.Uri.file(join(project.root, file)), marks);
  }

  dispose(): void {
    this.collection.dispose();
  }
}

function marksOf(
  extensionUri: vscode.Uri,
  finding: Finding,
  rows: FailingRows | undefined,
  report: DatasetReport,
) {
  return (rows?.rows ?? []).flatMap(({ file = report.path, line }) => {
    if (line === undefined) return [];
    return [{ file, diagnostic: new FindingDiagnostic(extensionUri, report.name, finding, line) }];
  });
}
