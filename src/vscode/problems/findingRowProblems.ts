import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { FailingRows } from '../../data/finding';
import type { DatasetReport, ValidationReport } from '../../data/report';
import type { DatasetFormat } from '../../project/project';
import { datasetTarget } from '../datasetTarget';
import type { LoadedProject } from '../projectStore';
import { FindingDiagnostic } from './findingDiagnostic';
import { FindingMarks } from './findingMarks';

/** Formats whose rows are lines that an editor can show. */
const LINES: ReadonlySet<DatasetFormat> = new Set(['csv', 'tsv', 'jsonl']);

/** Lines that are marked for one finding: more are in the Data Report's count. */
const MOST_LINES = 5;

/**
 * Marks the rows that findings are about in the Problems panel, in files of lines. They are looked for after the
 * report is shown, for that reads the data once more.
 */
export class FindingRowProblems implements Disposable {
  readonly marks = new FindingMarks('ML Preflight rows');
  /** By the project's root. */
  private readonly searches = new Map<string, AbortController>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly engine: EngineCommand,
  ) {}

  /** Ends the search in a project, where one is under way: its data are about to be looked at again. */
  stop({ project }: LoadedProject): void {
    this.searches.get(project.root)?.abort();
  }

  /** Replaces the marks of the datasets of the report, and of those that the project no longer has. */
  async show(loaded: LoadedProject, { datasets }: ValidationReport): Promise<void> {
    this.stop(loaded);
    const search = new AbortController();
    const { signal } = search;
    this.searches.set(loaded.project.root, search);
    this.marks.keepOnly(loaded, new Set(loaded.project.datasets.map(({ name }) => name)));
    // The rows may be others by now: none are marked until they have been looked for again.
    for (const { name } of datasets) this.marks.replace(loaded, name, new Map());
    for (const report of datasets) {
      if (!LINES.has(report.format) || signal.aborted) continue;
      const found = await this.find(loaded, report, signal);
      if (!signal.aborted) this.marks.replace(loaded, report.name, found);
    }
  }

  /** The marks of a dataset, by file. */
  private async find(
    { project, repository, stateFolder }: LoadedProject,
    report: DatasetReport,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly FindingDiagnostic[]>> {
    const dataset = project.datasets.find(({ name }) => name === report.name);
    const found = report.findings.flatMap((finding) =>
      finding.where === undefined || finding.severity === 'info'
        ? []
        : [{ finding, where: finding.where }],
    );
    const byFile = new Map<string, FindingDiagnostic[]>();
    if (dataset === undefined || found.length === 0) return byFile;
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
    if (!read.ok) return byFile;
    const target = datasetTarget(project.root, report.name);
    for (const [index, { finding }] of found.entries()) {
      for (const { file, line } of placesOf(read.value[index], report)) {
        const path = join(project.root, file);
        const known = byFile.get(path) ?? [];
        known.push(new FindingDiagnostic(this.extensionUri, target, finding, line));
        byFile.set(path, known);
      }
    }
    return byFile;
  }

  dispose(): void {
    for (const search of this.searches.values()) search.abort();
    this.marks.dispose();
  }
}

function placesOf(
  rows: FailingRows | undefined,
  report: DatasetReport,
): readonly { readonly file: string; readonly line: number }[] {
  return (rows?.rows ?? []).flatMap(({ file = report.path, line }) =>
    line === undefined ? [] : [{ file, line }],
  );
}
