import type * as vscode from 'vscode';
import type { ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import type { StagedGate } from '../stagedGate';
import type { VersionsTree } from '../trees/versionsTree';
import type { ComparisonView } from '../views/comparisonView';
import type { DataReportView } from '../views/dataReportView';
import type { DoctorView } from '../views/doctorView';
import type { GateReportView } from '../views/gateReportView';
import type { PipelineGraphView } from '../views/pipelineGraphView';

/** What commands work on. */
export interface HandlerParts {
  readonly store: ProjectStore;
  readonly gate: StagedGate;
  readonly states: StageStates;
  readonly versions: VersionsTree;
  readonly dataReport: DataReportView;
  readonly comparison: ComparisonView;
  readonly gateReport: GateReportView;
  readonly graph: PipelineGraphView;
  readonly doctor: DoctorView;
  /** The folder of the extension. */
  readonly extensionUri: vscode.Uri;
  /** Absolute path of the command line's bundle. */
  readonly commandLine: string;
}
