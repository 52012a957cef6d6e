import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Comparison } from '../../models/comparison';
import type { LoadedProject } from '../projectStore';
import { readyState, ViewPanel } from './viewPanel';
import { answerRequest } from './viewRequests';

/** The Model Comparison: the metrics of two versions side by side. */
export class ComparisonView implements Disposable {
  private readonly panel: ViewPanel<'modelComparison'>;
  private shown: { readonly loaded: LoadedProject; readonly base: string | undefined } | undefined;

  constructor(extensionUri: vscode.Uri) {
    this.panel = new ViewPanel('modelComparison', 'Model Comparison', extensionUri, (request) =>
      answerRequest(request, this.shown?.loaded.project.root ?? '', () => {}),
    );
  }

  /** @param base a version reference; default: the configured baseline, else that of the branch */
  async open(loaded: LoadedProject, base?: string): Promise<Comparison | undefined> {
    this.shown = { loaded, base };
    await this.panel.show(
      { kind: 'working', what: 'Comparing the metrics', cancellable: false },
      { reveal: true },
    );
    return this.update();
  }

  /** Compares again where the view is open: a metrics file has changed. */
  async refresh(): Promise<void> {
    if (this.panel.isOpen) await this.update();
  }

  private async update(): Promise<Comparison | undefined> {
    if (this.shown === undefined) return undefined;
    const { loaded } = this.shown;
    const base = this.shown.base ?? loaded.config.gate?.baseline;
    const { compareVersions } = await import('../onDemand');
    const compared = await compareVersions({
      project: loaded.project,
      repository: loaded.repository,
      rules: loaded.config.gate?.metrics ?? {},
      ...(base === undefined ? {} : { base }),
    });
    if (!compared.ok) {
      await this.panel.show({ kind: 'failed', problem: compared.problem }, { reveal: false });
      return undefined;
    }
    const comparison = compared.value;
    const empty = comparison.metrics.length === 0 && comparison.problems.length === 0;
    await this.panel.show(empty ? NO_METRICS : readyState({ comparison }), { reveal: false });
    return comparison;
  }

  dispose(): void {
    this.panel.dispose();
  }
}

const NO_METRICS = {
  kind: 'empty',
  message: 'No metrics were found. A stage that writes metrics.json makes them.',
  command: { title: 'Run Pipeline', command: 'mlPreflight.pipeline.run' },
} as const;
