import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Result } from '../../base/result';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { ValidationReport } from '../../data/report';
import type { FindingProblems } from '../problems/findingProblems';
import type { FindingRowProblems } from '../problems/findingRowProblems';
import { nameAmongSeveral } from '../projectName';
import type { LoadedProject, ProjectStore } from '../projectStore';
import { shownReport } from '../../protocol/shownReport';
import type { ViewContents } from '../../protocol/views';
import { datasetTarget } from '../datasetTarget';
import { DataReportRows, type RowVersions } from './dataReportRows';
import { readyState, ViewPanel, type ViewRequest } from './viewPanel';
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
  private selected: ViewContents['dataReport']['selected'];

  constructor(
    extensionUri: vscode.Uri,
    private readonly store: ProjectStore,
    private readonly engine: EngineCommand,
    private readonly findings: FindingProblems,
    private readonly failingRows: FindingRowProblems,
  ) {
    this.panel = new ViewPanel(
      'dataReport',
      'Data Report',
      extensionUri,
      (request) => this.answer(request),
      () => this.controller?.abort(),
    );
  }

  /** What is shown of a project; also where the files of the window belong to none. */
  shownOf(root: string): LoadedProject | undefined {
    return this.shown?.project.root === root ? this.shown : undefined;
  }

  /** The last report of a project, as long as nothing else was asked for. */
  lastReport({ project }: LoadedProject): ValidationReport | undefined {
    return this.shownOf(project.root) === undefined ? undefined : this.report;
  }

  /** The view names datasets only; which project they belong to is known here. */
  private async answer(request: ViewRequest): Promise<void> {
    const root = this.shown?.project.root;
    if (root === undefined) return;
    if (request.type !== 'run' || !OF_A_DATASET.has(request.command))
      return answerRequest(request, root, () => this.cancel());
    const [dataset = this.selected?.dataset ?? '', ...rest] = request.arguments;
    await vscode.commands.executeCommand(request.command, datasetTarget(root, dataset), ...rest);
  }

  /** @returns the report, or undefined where it was cancelled or could not be made (the view then says why) */
  async open(
    loaded: LoadedProject,
    options: OpenOptions = {},
  ): Promise<ValidationReport | undefined> {
    const { selected, measureOnly = false, quick = false } = options;
    const { against = this.keptReference(loaded) } = options;
    this.controller?.abort();
    this.failingRows.stop(loaded);
    this.report = undefined;
    this.rows = undefined;
    this.against = against === '' ? undefined : against;
    const controller = new AbortController();
    this.controller = controller;
    this.shown = loaded;
    this.select(selected);
    await this.panel.show(
      { kind: 'working', what: 'Reading the data', cancellable: true },
      { reveal: true },
    );
    const validated = await this.validate(loaded, options, controller.signal);
    if (this.controller !== controller || controller.signal.aborted) return undefined;
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
    await this.showReport(report);
    if (areKnown) void this.failingRows.show(loaded, report);
    return report;
  }

  private async validate(
    { project, repository, stateFolder }: LoadedProject,
    { names, measureOnly = false, quick = false }: OpenOptions,
    signal: AbortSignal,
  ): Promise<Result<ValidationReport>> {
    const { validateProject } = await import('../onDemand');
    return validateProject({
      project,
      repository,
      stateFolder,
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

  /** Said at once: the engine takes a moment to end. */
  private cancel(): void {
    this.controller?.abort();
    if (this.report === undefined) void this.panel.show(CANCELLED, { reveal: false });
  }

  /** Shows the rows of a finding, or hides them again. @param place the finding's in the report of its dataset */
  async toggleRows(dataset: string, place: number): Promise<void> {
    await this.rows?.toggle(dataset, place);
  }

  /** Shows how the rows of a dataset differ between two versions. @param options for a report that has the dataset */
  async compareRows(
    loaded: LoadedProject,
    dataset: string,
    versions: RowVersions,
    options: OpenOptions,
  ): Promise<void> {
    const last = this.lastReport(loaded)?.datasets.some(({ name }) => name === dataset) ?? false;
    if (last) this.select(dataset);
    else await this.open(loaded, options);
    await this.rows?.compare(dataset, versions);
  }

  private select(dataset: string | undefined): void {
    this.selected = dataset === undefined ? undefined : { dataset, asked: Date.now() };
  }

  /** What the user chose to compare with holds for the project that it was chosen in. */
  private keptReference({ project }: LoadedProject): string | undefined {
    return this.shownOf(project.root) === undefined ? undefined : this.against;
  }

  private async showReport(report: ValidationReport): Promise<void> {
    const { selected } = this;
    if (report.datasets.length === 0) {
      await this.panel.show({ kind: 'empty', message: NO_DATA }, { reveal: false });
      return;
    }
    const project = this.shown && nameAmongSeveral(this.shown, this.store.projects);
    const content = {
      report: shownReport(report),
      ...(project === undefined ? {} : { project }),
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

/** Commands of which the first argument names a dataset, or nothing. */
const OF_A_DATASET: ReadonlySet<string> = new Set([
  'mlPreflight.data.validate',
  'mlPreflight.data.quickCheck',
  'mlPreflight.data.writeBaseline',
  'mlPreflight.data.compareWith',
  'mlPreflight.data.accept',
  'mlPreflight.data.showRows',
  'mlPreflight.data.compareRows',
]);

const NO_DATA =
  'No data files were found: CSV, Parquet or JSON Lines. Name them in preflight.yaml, under `datasets`.';

const CANCELLED = {
  kind: 'empty',
  message: 'The validation was cancelled.',
  command: { title: 'Validate Data', command: 'mlPreflight.data.validate' },
} as const;
