import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { formatOfPath } from '../../project/classify/datasetPath';
import { isFileOfDataset } from '../../project/classify/datasetFiles';
import type { ValidationReport } from '../../data/report';
import type { Dataset } from '../../project/project';
import type { CommandHandlers } from '../commands';
import type { LoadedProject } from '../projectStore';
import { pickDataReference, pickDataset, pickDataVersion } from '../pickDataReference';
import { isPipelineNode, projectOf } from './commandTarget';
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
    'mlPreflight.data.accept': (dataset, accept) => acceptFinding(parts, dataset, accept),
    'mlPreflight.data.compareRows': (target) => compareRows(parts, target),
    'mlPreflight.data.explainRule': async (rule) => {
      if (typeof rule === 'string') await explainRule(parts.extensionUri, rule);
    },
    'mlPreflight.data.showRows': (dataset, finding) => showRows(parts, dataset, finding),
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

interface MeantDataset {
  readonly loaded: LoadedProject;
  readonly selected?: string | undefined;
  /** Only these are read; all where it is absent. */
  readonly names?: readonly string[];
}

/** A tree node, a file of the explorer, or a view's argument. A file that is no dataset becomes one for this once. */
async function meantDataset(
  parts: HandlerParts,
  target: unknown,
): Promise<MeantDataset | undefined> {
  const loaded = await projectOf(target, parts.store);
  if (loaded === undefined) return undefined;
  const selected = datasetNameOf(target, loaded);
  if (selected !== undefined || !(target instanceof vscode.Uri)) return { loaded, selected };
  const path = relative(loaded.project.root, target.fsPath).replaceAll('\\', '/');
  const format = formatOfPath(path);
  if (format === undefined || path.startsWith('..')) return { loaded };
  const file: Dataset = { name: path, path, role: 'other', format, evidence: [] };
  const { project } = loaded;
  return {
    loaded: { ...loaded, project: { ...project, datasets: [...project.datasets, file] } },
    selected: path,
    names: [path],
  };
}

function datasetNameOf(target: unknown, { project }: LoadedProject): string | undefined {
  if (typeof target === 'string') return target;
  if (target instanceof vscode.Uri) {
    const path = relative(project.root, target.fsPath).replaceAll('\\', '/');
    return project.datasets.find((dataset) => isFileOfDataset(path, dataset))?.name;
  }
  return isPipelineNode(target) && target.kind === 'dataset' ? target.dataset.name : undefined;
}

async function writeBaseline(parts: HandlerParts, target: unknown): Promise<void> {
  const loaded = await projectOf(target, parts.store);
  if (loaded === undefined) return;
  const name = datasetNameOf(target, loaded);
  const report = await parts.dataReport.open(loaded, { selected: name, measureOnly: true });
  if (report === undefined) return;
  const { writeSchemaAndBaseline } = await import('../onDemand');
  const written: string[] = [];
  for (const dataset of report.datasets) {
    if ((name !== undefined && dataset.name !== name) || dataset.problems.length > 0) continue;
    const paths = await writeSchemaAndBaseline(loaded.project.root, dataset.name, dataset);
    if (paths.ok) written.push(...paths.value);
    else await showProblem(paths.problem);
  }
  await parts.dataReport.open(loaded, { selected: name });
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
  const from = await pickDataVersion(meant.loaded, dataset);
  if (from !== undefined) await parts.dataReport.compareRows(meant.loaded, dataset, from);
}

async function showRows(parts: HandlerParts, name: unknown, finding: unknown): Promise<void> {
  if (typeof name !== 'string' || typeof finding !== 'string') return;
  await parts.dataReport.toggleRows(name, Number(finding));
}

async function acceptFinding(parts: HandlerParts, name: unknown, accept: unknown): Promise<void> {
  const loaded = await projectOf(undefined, parts.store);
  if (loaded === undefined || typeof name !== 'string') return;
  const known = findingOf(parts.dataReport.lastReport(loaded), name, accept);
  // The last report may be of other data, or of footers that do not show what the values did.
  const found =
    known ?? findingOf(await parts.dataReport.open(loaded, { selected: name }), name, accept);
  if (found === undefined) return;
  const { dataset, finding } = found;
  const { acceptIntoSchema } = await import('../onDemand');
  const accepted = await acceptIntoSchema(loaded.project.root, dataset, finding);
  if (!accepted.ok) await showProblem(accepted.problem);
  // What was looked at quickly is not to take long now.
  const again = dataset.footer === undefined ? {} : { names: [name], quick: true };
  await parts.dataReport.open(loaded, { selected: name, ...again });
}

function findingOf(report: ValidationReport | undefined, name: string, accept: unknown) {
  const dataset = report?.datasets.find((candidate) => candidate.name === name);
  const finding = dataset?.findings.find((candidate) => candidate.fix?.accept === accept);
  return dataset === undefined || finding === undefined ? undefined : { dataset, finding };
}
