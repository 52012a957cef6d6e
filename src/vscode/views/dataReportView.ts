import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Result } from '../../base/result';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { ValidationReport } from '../../data/report';
import type { FindingProblems } from '../problems/findingProblems';
import type { FindingRowProblems } from '../problems/findingRowProblems';
import type { LoadedProject } from '../projectStore';
import { DataReportRows } from './dataReportRows';
import { readyState, ViewPanel } from './viewPanel';
import { answerRequest } from './viewRequests';

export interface OpenOptions {
  /** The dataset to show first. */
  readonly selected?: string | undefined;
  /** Only these datasets; default: all. */
  readonly names?: readonly string[];
  /** For a new baseline: nothing is judged. */
  readonly measureOnly?: boolean;
  /** Only the footers of Parquet files are read. */
  readonly quick?: boolean;
  /** What to compare with, kept until another is chosen; empty for what is compared by default. */
  readonly against?: string | undefined;
}

/** The Data Report: validates when it is opened, shows progress, can be cancelled. */
export class DataReportView implements Disposable {
  private readonly panel: ViewPanel<'dataReport'>;
  private controller: AbortController | undefined;
  private shown: LoadedProject | undefined;
  private report: ValidationReport | undefined;
  private against: string | undefined;
  private rows: DataReportRows | undefined;
  private selected: string | undefined;

  constructor(
    extensionUri: vscode.Uri,
    private readonly engine: EngineCommand,
    private readonly findings: FindingProblems,
    private readonly failingRows: FindingRowProblems,
  ) {
    this.panel = new ViewPanel(
      'dataReport',
      'Data Report',
      extensionUri,
      (request) =>
        answerRequest(request, this.shown?.project.root ?? '', () => this.controller?.abort()),
      () => this.controller?.abort(),
    );
  }

  /** The last report of a project, as long as nothing else was asked for. */
  lastReport({ project }: LoadedProject): ValidationReport | undefined {
    return this.shown?.project.root === project.root ? this.report : undefined;
  }

  /** @returns the report, or undefined where it was cancelled or could not be made (the view then says why) */
  async open(
    loaded: LoadedProject,
    options: OpenOptions = {},
  ): Promise<ValidationReport | undefined> {
    const { selected, measureOnly = false, quick = false } = options;
    const { against = this.against } = options;
    this.controller?.abort();
    this.report = undefined;
    this.rows = undefined;
    this.against = against === '' ? undefined : against;
    const controller = new AbortController();
    this.controller = controller;
    this.shown = loaded;
    await this.panel.show(
      { kind: 'working', what: 'Reading the data', cancellable: true },
      { reveal: true },
    );
    const validated = await this.validate(loaded, options, controller.signal);
    if (this.controller !== controller) return undefined;
    if (controller.signal.aborted) {
      await this.panel.show(CANCELLED, { reveal: false });
      return undefined;
    }
    if (!validated.ok) {
      await this.panel.show({ kind: 'failed', problem: validated.problem }, { reveal: false });
      return undefined;
    }
    const report = validated.value;
    this.report = report;
    // A quick check is not to take away what the values showed before.
    const areKnown = !measureOnly && !quick;
    if (areKnown) this.findings.show(loaded, report);
    const rows = new DataReportRows(loaded, report, this.engine, controller.signal, async () => {
      if (this.rows === rows) await this.showReport(report);
    });
    this.rows = rows;
    this.selected = selected;
    await this.showReport(report);
    if (areKnown) void this.failingRows.show(loaded, report, controller.signal);
    return report;
  }

  private async validate(
    loaded: LoadedProject,
    { names, measureOnly = false, quick = false }: OpenOptions,
    signal: AbortSignal,
  ): Promise<Result<ValidationReport>> {
    const { validateProject } = await import('../onDemand');
    return validateProject({
      project: loaded.project,
      repository: loaded.repository,
      stateFolder: loaded.stateFolder,
      source: 'worktree',
      measureOnly,
      quick,
      ...(names === undefined ? {} : { names }),
      ...(this.against === undefined ? {} : { against: this.against }),
      engine: this.engine,
      signal,
      onProgress: ({ dataset, what, done }) => {
        if (signal.aborted) return;
        const progress = done === undefined ? {} : { done };
        void this.panel.show(
          { kind: 'working', what: `${dataset}: ${what}`, cancellable: true, ...progress },
          { reveal: false },
        );
      },
    });
  }

  /** Shows the rows of a finding, or hides them again. @param place the finding's in the report of its dataset */
  async toggleRows(dataset: string, place: number): Promise<void> {
    await this.rows?.toggle(dataset, place);
  }

  /** Shows how the rows of a dataset differ from those of a version. */
  async compareRows(loaded: LoadedProject, dataset: string, from: string): Promise<void> {
    if (this.lastReport(loaded) === undefined) await this.open(loaded, { selected: dataset });
    await this.rows?.compare(dataset, from);
  }

  private async showReport(report: ValidationReport): Promise<void> {
    const { selected } = this;
    if (report.datasets.length === 0) {
      await this.panel.show({ kind: 'empty', message: NO_DATA }, { reveal: false });
      return;
    }
    const content = {
      report,
      ...(selected === undefined ? {} : { selected }),
      ...(this.against === undefined ? {} : { against: this.against }),
      ...this.rows?.content,
    };
    await this.panel.show(readyState(content), { reveal: false });
  }

  dispose(): void {
    this.controller?.abort();
    this.panel.dispose();
  }
}

const NO_DATA =
  'No data files were found: CSV, Parquet or JSON Lines. Name them in preflight.yaml, under `datasets`.';

const CANCELLED = {
  kind: 'empty',
  message: 'The validation was cancelled.',
  command: { title: 'Validate Data', command: 'mlPreflight.data.validate' },
} as const;
