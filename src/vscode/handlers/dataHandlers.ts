import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import type { CommandHandlers } from '../commands';
import type { LoadedProject } from '../projectStore';
import { isPipelineNode, projectOf } from './commandTarget';
import type { HandlerParts } from './handlerParts';
import { showProblem } from './showProblem';

export function dataHandlers(parts: HandlerParts) {
  return {
    'mlPreflight.data.validate': (target) => validateData(parts, target),
    'mlPreflight.data.writeBaseline': (target) => writeBaseline(parts, target),
    'mlPreflight.data.accept': (dataset, accept) => acceptFinding(parts, dataset, accept),
  } satisfies Partial<CommandHandlers>;
}

async function validateData(parts: HandlerParts, target: unknown): Promise<void> {
  const loaded = await projectOf(target, parts.store);
  if (loaded !== undefined) await parts.dataReport.open(loaded, datasetNameOf(target, loaded));
}

/** A tree node, a file of the explorer, or a view's argument. */
function datasetNameOf(target: unknown, loaded: LoadedProject): string | undefined {
  if (typeof target === 'string') return target;
  if (target instanceof vscode.Uri) {
    return loaded.project.datasets.find(
      (dataset) => join(loaded.project.root, dataset.path) === target.fsPath,
    )?.name;
  }
  return isPipelineNode(target) && target.kind === 'dataset' ? target.dataset.name : undefined;
}

async function writeBaseline(parts: HandlerParts, target: unknown): Promise<void> {
  const loaded = await projectOf(target, parts.store);
  if (loaded === undefined) return;
  const name = datasetNameOf(target, loaded);
  const report = await parts.dataReport.open(loaded, name, true);
  if (report === undefined) return;
  const { writeSchemaAndBaseline } = await import('../onDemand');
  const written: string[] = [];
  for (const dataset of report.datasets) {
    if ((name !== undefined && dataset.name !== name) || dataset.problems.length > 0) continue;
    const paths = await writeSchemaAndBaseline(loaded.project.root, dataset.name, dataset);
    if (paths.ok) written.push(...paths.value);
    else await showProblem(paths.problem);
  }
  await parts.dataReport.open(loaded, name);
  void offerToOpen(loaded, written);
}

async function offerToOpen(loaded: LoadedProject, written: readonly string[]): Promise<void> {
  const [first] = written;
  if (first === undefined) return;
  const choice = await vscode.window.showInformationMessage(
    `ML Preflight: wrote ${formatCount(written.length, 'file')} in .preflight.`,
    'Open',
  );
  if (choice === 'Open') {
    await vscode.commands.executeCommand(
      'vscode.open',
      vscode.Uri.file(join(loaded.project.root, first)),
    );
  }
}

async function acceptFinding(parts: HandlerParts, name: unknown, accept: unknown): Promise<void> {
  const loaded = await projectOf(undefined, parts.store);
  if (loaded === undefined || typeof name !== 'string') return;
  const report = await parts.dataReport.open(loaded, name);
  const dataset = report?.datasets.find((candidate) => candidate.name === name);
  const finding = dataset?.findings.find((candidate) => candidate.fix?.accept === accept);
  if (dataset === undefined || finding === undefined) return;
  const { acceptIntoSchema } = await import('../onDemand');
  const accepted = await acceptIntoSchema(loaded.project.root, dataset, finding);
  if (!accepted.ok) await showProblem(accepted.problem);
  await parts.dataReport.open(loaded, name);
}
