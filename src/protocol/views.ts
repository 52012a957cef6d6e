import type { ValidationReport } from '../data/report';
import type { CheckReport } from '../gate/checkReport';
import type { Comparison } from '../models/comparison';
import type { DoctorReport } from '../pipeline/doctor/doctorReport';
import type { ShownDiff, ShownRows } from './shownRows';
import type { GraphStage } from '../pipeline/graph/graphStage';

/** What each web view shows: its folder under webview-ui, and the content of its state. */
export interface ViewContents {
  readonly dataReport: {
    readonly report: ValidationReport;
    /** What the project is called, where the window has several. */ readonly project?: string;
    /** The dataset that the editor wants to show, and when it said so (milliseconds since the epoch). */
    readonly selected?: { readonly dataset: string; readonly asked: number };
    /** What the user chose to compare with, instead of the baseline. */ readonly against?: string;
    /** Of findings whose rows the user wants to see. */ readonly rows?: readonly ShownRows[];
    /** The rows of two versions, where the user compared them. */ readonly diff?: ShownDiff;
  };
  readonly modelComparison: { readonly comparison: Comparison };
  readonly gateReport: { readonly report: CheckReport };
  readonly pipelineGraph: {
    /** The folder's name, as the user knows it. */ readonly project: string;
    readonly stages: readonly GraphStage[];
    /** The stage that the editor wants to show, and when it said so (milliseconds since the epoch). */
    readonly selected?: { readonly stage: string; readonly asked: number };
  };
  readonly doctor: {
    readonly report: DoctorReport;
    /** The same to be pasted: without the home folder and secrets. */ readonly markdown: string;
  };
}
export type ViewName = keyof ViewContents;
