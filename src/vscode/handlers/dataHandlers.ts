import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import type { ValidationReport } from '../../data/report';
import type { CommandHandlers } from '../commands';
import type { LoadedProject } from '../projectStore';
import { isDatasetTarget } from '../datasetTarget';
import { pickDataReference, pickDataset, pickRowVersions } from '../pickDataReference';
import { datasetNameOf, meantDataset, projectOfDataset } from './datasetOfTarget';
import type { HandlerParts } from './handlerParts';
import { importSchema } from './importSchema';
import { explainRule } from '../rulePage';
import { showProblem } from './showProblem';

export function dataHandlers(parts: HandlerParts) {
  return {
    'mlPreflight.data.validate': (target) => validateData(parts, target),
    'mlPreflight.data.quickCheck': (target) => quickCheck(parts, target),
    'mlPreflight.data.writeBaseline': (target) => writeBaseline(parts, target),
    'mlPreflight.data.importSchema': (target) => importSchema(parts, target),
    'mlPreflight.data.compareWith': (target) => compareDataWith(parts, target),
    'mlPreflight.data.accept': (target, accept) => acceptFinding(parts, target, accept),
    'mlPreflight.data.compareRows': (target) => compareRows(parts, target),
    'mlPreflight.data.explainRule': async (rule) => {
      if (typeof rule === 'string') await explainRule(parts.extensionUri, rule);
    },
    'mlPreflight.data.showRows': (target, finding) => showRows(parts, target, finding),
  } satisfies Partial<CommandHandlers>;
}

async function validateData(parts: HandlerParts, target: unknown): Promise<void> {
  const meant = await meantDataset(parts, target);
  if (meant !== undefined) await parts.dataReport.open(meant.loaded, meant);
}

/** What is meant alone, else all data that have footers. */
async function quickCheck(parts: HandlerParts, target: unknown): Promise<void> {
  const meant = await meantDataset(parts, target);
  if (meant === undefined) return;
  const names = meant.selected === undefined ? {} : { names: [meant.selected] };
  await parts.dataReport.open(meant.loaded, { ...meant, ...names, quick: true });
}

async function compareDataWith(parts: HandlerParts, target: unknown): Promise<void> {
  const meant = await meantDataset(parts, target);
  if (meant === undefined) return;
  const against = await pickDataReference(meant.loaded, meant.selected);
  if (against !== undefined) await parts.dataReport.open(meant.loaded, { ...meant, against });
}

async function writeBaseline(parts: HandlerParts, target: unknown): Promise<void> {
  const meant = await meantDataset(parts, target);
  if (meant === undefined) return;
  const { loaded, selected: name } = meant;
  const report = await parts.dataReport.open(loaded, { ...meant, measureOnly: true });
  if (report === undefined) return;
  const { writeSchemaAndBaseline } = await import('../onDemand');
  const written: string[] = [];
  for (const dataset of report.datasets) {
    if ((name !== undefined && dataset.name !== name) || dataset.problems.length > 0) continue;
    const paths = await writeSchemaAndBaseline(loaded.project.root, dataset.name, dataset);
    if (paths.ok) written.push(...paths.value);
    else await showProblem(paths.problem);
  }
  await parts.dataReport.open(loaded, meant);
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

async function compareRows(parts: HandlerParts, target: unknown): Promise<void> {
  const meant = await meantDataset(parts, target);
  const dataset = meant?.selected ?? (meant && (await pickDataset(meant.loaded)));
  if (meant === undefined || dataset === undefined) return;
  const versions = await pickRowVersions(meant.loaded, dataset);
  if (versions === undefined) return;
  const options = { ...meant, selected: dataset };
  await parts.dataReport.compareRows(meant.loaded, dataset, versions, options);
}

async function showRows(parts: HandlerParts, target: unknown, finding: unknown): Promise<void> {
  if (!isDatasetTarget(target) || typeof finding !== 'string') return;
  await parts.dataReport.toggleRows(target.dataset, Number(finding));
}

async function acceptFinding(parts: HandlerParts, target: unknown, accept: unknown): Promise<void> {
  const loaded = await projectOfDataset(parts, target);
  const name = loaded && datasetNameOf(target, loaded);
  if (loaded === undefined || name === undefined) return;
  const options = (await meantDataset(parts, target)) ?? { selected: name };
  const known = findingOf(parts.dataReport.lastReport(loaded), name, accept);
  // The last report may be of other data, or of footers that do not show what the values did.
  const found = known ?? findingOf(await parts.dataReport.open(loaded, options), name, accept);
  if (found === undefined) return;
  const { dataset, finding } = found;
  const { acceptIntoSchema } = await import('../onDemand');
  const accepted = await acceptIntoSchema(loaded.project.root, dataset, finding);
  if (!accepted.ok) await showProblem(accepted.problem);
  // What was looked at quickly is not to take long now.
  const again = dataset.footer === undefined ? {} : { names: [name], quick: true };
  await parts.dataReport.open(loaded, { ...options, ...again });
}

function findingOf(report: ValidationReport | undefined, name: string, accept: unknown) {
  const dataset = report?.datasets.find((candidate) => candidate.name === name);
  const finding = dataset?.findings.find((candidate) => candidate.fix?.accept === accept);
  return dataset === undefined || finding === undefined ? undefined : { dataset, finding };
}
