import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { ValidationReport } from '../../data/report';
import type { LoadedProject } from '../projectStore';
import { readyState, ViewPanel } from './viewPanel';
import { answerRequest } from './viewRequests';

/** The Data Report: validates when it is opened, shows progress, can be cancelled. */
export class DataReportView implements Disposable {
  private readonly panel: ViewPanel<'dataReport'>;
  private controller: AbortController | undefined;
  private shown: LoadedProject | undefined;

  constructor(
    extensionUri: vscode.Uri,
    private readonly engine: EngineCommand,
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

  /**
   * @param selected the dataset to show first
   * @param measureOnly for a new baseline: nothing is judged
   * @returns the report, or undefined where it was cancelled or could not be made (the view then says why)
   */
  async open(
    loaded: LoadedProject,
    selected?: string,
    measureOnly = false,
  ): Promise<ValidationReport | undefined> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.shown = loaded;
    await this.panel.show(
      { kind: 'working', what: 'Reading the data', cancellable: true },
      { reveal: true },
    );
    const { validateProject } = await import('../onDemand');
    const validated = await validateProject({
      project: loaded.project,
      repository: loaded.repository,
      stateFolder: loaded.stateFolder,
      source: 'worktree',
      measureOnly,
      engine: this.engine,
      signal: controller.signal,
      onProgress: ({ dataset, what, done }) => {
        if (controller.signal.aborted) return;
        const progress = done === undefined ? {} : { done };
        void this.panel.show(
          { kind: 'working', what: `${dataset}: ${what}`, cancellable: true, ...progress },
          { reveal: false },
        );
      },
    });
    if (this.controller !== controller) return undefined;
    if (controller.signal.aborted) {
      await this.panel.show(CANCELLED, { reveal: false });
      return undefined;
    }
    if (!validated.ok) {
      await this.panel.show({ kind: 'failed', problem: validated.problem }, { reveal: false });
      return undefined;
    }
    await this.showReport(validated.value, selected);
    return validated.value;
  }

  private async showReport(report: ValidationReport, selected: string | undefined): Promise<void> {
    if (report.datasets.length === 0) {
      await this.panel.show({ kind: 'empty', message: NO_DATA }, { reveal: false });
      return;
    }
    const content = selected === undefined ? { report } : { report, selected };
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
