import type * as vscode from 'vscode';
import type { DisposableStore } from '../base/disposable';
import { engineBeside } from '../data/engine/engineCommand';
import { FindingFixes } from './problems/findingFixes';
import { FindingProblems } from './problems/findingProblems';
import { FindingRowProblems } from './problems/findingRowProblems';
import { GateStatusBar } from './gateStatusBar';
import { LiveTraining } from './liveTraining';
import { ProblemsPanel } from './problems/problemsPanel';
import { ProjectStore } from './projectStore';
import { ProjectWatcher } from './projectWatcher';
import { RefusedCommits } from './refusedCommits';
import { StagedGate } from './stagedGate';
import { StageStates } from './stageStates';
import { PipelineTree } from './trees/pipelineTree';
import { VersionsTree } from './trees/versionsTree';
import { ComparisonView } from './views/comparisonView';
import { DataReportView } from './views/dataReportView';
import { DoctorView } from './views/doctorView';
import { GateReportView } from './views/gateReportView';
import { PipelineGraphView } from './views/pipelineGraphView';

export type Parts = ReturnType<typeof createParts>;

/** Makes the parts; who listens to whom is said in `connectParts`. */
export function createParts(context: vscode.ExtensionContext, owner: DisposableStore) {
  const engine = engineBeside(context.asAbsolutePath('dist'));
  const store = owner.add(new ProjectStore());
  const states = owner.add(new StageStates(store));
  const training = new LiveTraining(store, states);
  const findings = owner.add(new FindingProblems(context.extensionUri));
  const failingRows = owner.add(new FindingRowProblems(context.extensionUri, engine));
  const gate = owner.add(new StagedGate(store, engine));
  const gateReport = owner.add(new GateReportView(context.extensionUri, () => gate.cancel()));
  return {
    store,
    states,
    gate,
    gateReport,
    graph: owner.add(new PipelineGraphView(context.extensionUri, store, states)),
    doctor: owner.add(new DoctorView(context.extensionUri, store, engine)),
    watcher: owner.add(new ProjectWatcher(store)),
    training,
    pipeline: owner.add(new PipelineTree(store, states, training)),
    versions: owner.add(new VersionsTree(store)),
    problems: owner.add(new ProblemsPanel()),
    statusBar: owner.add(new GateStatusBar()),
    findingFixes: new FindingFixes([findings.marks, failingRows.marks]),
    dataReport: owner.add(
      new DataReportView(context.extensionUri, store, engine, findings, failingRows),
    ),
    comparison: owner.add(new ComparisonView(context.extensionUri)),
    refused: owner.add(
      new RefusedCommits((last) =>
        gateReport.show({ kind: 'judged', report: last, folder: last.folder }),
      ),
    ),
  };
}
