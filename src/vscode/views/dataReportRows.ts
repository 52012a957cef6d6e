import { ok, type Result } from '../../base/result';
import type { EngineCommand } from '../../data/engine/engineCommand';
import type { FailingRows, RowFilter } from '../../data/finding';
import type { ValidationReport } from '../../data/report';
import type { ShownDiff, ShownRows } from '../../protocol/shownRows';
import type { LoadedProject } from '../projectStore';

const MOST_ROWS = 20;

const NO_ROWS: FailingRows = { columns: [], rows: [], total: 0 };

/** Version references; `to` is the work tree where it is absent. */
export interface RowVersions {
  readonly from: string;
  readonly to?: string;
}

/** The rows that the user wants to see in a Data Report: those of findings, and what changed between two versions. */
export class DataReportRows {
  private shown: readonly ShownRows[] = [];
  private compared: ShownDiff | undefined;

  /** @param onChange is called whenever something else is to be shown */
  constructor(
    private readonly loaded: LoadedProject,
    private readonly report: ValidationReport,
    private readonly engine: EngineCommand,
    private readonly signal: AbortSignal,
    private readonly onChange: () => Promise<void>,
  ) {}

  get content(): { readonly rows?: readonly ShownRows[]; readonly diff?: ShownDiff } {
    return {
      ...(this.shown.length === 0 ? {} : { rows: this.shown }),
      ...(this.compared === undefined ? {} : { diff: this.compared }),
    };
  }

  /** Shows the rows of a finding, or hides them again. @param place the finding's in the report of its dataset */
  async toggle(dataset: string, place: number): Promise<void> {
    const report = this.report.datasets.find(({ name }) => name === dataset);
    const where = report?.findings[place]?.where;
    if (where === undefined) return;
    const others = this.without(dataset, place);
    const isShown = others.length < this.shown.length;
    this.shown = isShown
      ? others
      : [...others, { dataset, finding: place, state: { kind: 'reading' } }];
    await this.onChange();
    if (isShown) return;
    const read = await this.read(dataset, where);
    // Hidden again meanwhile.
    if (this.without(dataset, place).length === this.shown.length) return;
    const state: ShownRows['state'] = read.ok
      ? { kind: 'read', rows: read.value[0] ?? NO_ROWS }
      : { kind: 'failed', problem: read.problem };
    this.shown = [...this.without(dataset, place), { dataset, finding: place, state }];
    await this.onChange();
  }

  /** Shows how the rows of a dataset differ between two versions. */
  async compare(dataset: string, versions: RowVersions): Promise<void> {
    const reading: ShownDiff = { dataset, state: { kind: 'reading' } };
    this.compared = reading;
    await this.onChange();
    const { diffDataset } = await import('../onDemand');
    const compared = await diffDataset({ ...this.request(), dataset, ...versions });
    if (this.compared !== reading) return;
    const state: ShownDiff['state'] = compared.ok
      ? { kind: 'read', diff: compared.value }
      : { kind: 'failed', problem: compared.problem };
    this.compared = { dataset, state };
    await this.onChange();
  }

  private async read(name: string, where: RowFilter): Promise<Result<readonly FailingRows[]>> {
    const dataset = this.loaded.project.datasets.find((each) => each.name === name);
    if (dataset === undefined) return ok([]);
    const { failingRows } = await import('../onDemand');
    return failingRows({
      ...this.request(),
      source: 'worktree',
      dataset,
      filters: [where],
      limit: MOST_ROWS,
    });
  }

  private request() {
    const { project, repository, stateFolder } = this.loaded;
    return { project, repository, stateFolder, engine: this.engine, signal: this.signal };
  }

  private without(dataset: string, place: number): readonly ShownRows[] {
    return this.shown.filter((each) => each.dataset !== dataset || each.finding !== place);
  }
}
