import * as vscode from 'vscode';
import { listDataVersions, versionSection, type VersionItem } from './dataVersions';
import type { LoadedProject } from './projectStore';
import type { RowVersions } from './views/dataReportRows';

/**
 * Asks what the data are to be compared with: what is compared by default, another dataset, or a version of themselves.
 * @returns undefined where nothing was chosen; empty for the default
 */
export async function pickDataReference(
  loaded: LoadedProject,
  dataset: string | undefined,
): Promise<string | undefined> {
  const others = loaded.project.datasets.filter(({ name }) => name !== dataset);
  const list = async (): Promise<VersionItem[]> => [
    {
      label: 'The baseline',
      description: 'the committed one; without it, the version that the gate compares with',
      reference: '',
    },
    ...versionSection(
      'Datasets',
      others.map(({ name, path, role }) => ({
        label: name,
        description: `${role === 'other' ? '' : `${role} · `}${path}`,
        reference: name,
      })),
    ),
    ...(await listDataVersions(loaded, dataset)),
    ...typedVersion(loaded),
  ];
  const title = dataset === undefined ? 'Compare the data with…' : `Compare ${dataset} with…`;
  return pickVersion(await list(), title);
}

/** Asks for a version whose rows those of the work tree are compared with, or for two versions. */
export async function pickRowVersions(
  loaded: LoadedProject,
  dataset: string,
): Promise<RowVersions | undefined> {
  if (loaded.repository === undefined) {
    const text =
      'ML Preflight: rows are compared with those of a commit, and this folder is in no git repository.';
    await vscode.window.showInformationMessage(text);
    return undefined;
  }
  const list = async (): Promise<VersionItem[]> => [
    ...(await listDataVersions(loaded, dataset)),
    ...typedVersion(loaded),
    { label: TWO, description: 'neither of which is the work tree' },
  ];
  const from = await pickVersion(
    await list(),
    `Compare the rows of ${dataset} in the work tree with those of…`,
  );
  if (from !== TWO) return from === undefined ? undefined : { from };
  return pickTwoVersions(loaded, dataset);
}

async function pickTwoVersions(
  loaded: LoadedProject,
  dataset: string,
): Promise<RowVersions | undefined> {
  const list = async (): Promise<VersionItem[]> => [
    { label: 'The index', description: 'what is staged', reference: 'index' },
    ...(await listDataVersions(loaded, dataset)),
    ...typedVersion(loaded),
  ];
  const from = await pickVersion(await list(), `The earlier version of ${dataset}`);
  if (from === undefined) return undefined;
  const to = await pickVersion(
    await list(),
    `The later version of ${dataset}, to compare with ${from.slice(0, 12)}`,
  );
  return to === undefined ? undefined : { from, to };
}

export async function pickDataset({ project }: LoadedProject): Promise<string | undefined> {
  const items = project.datasets.map(({ name, path }) => ({ label: name, description: path }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which dataset?' });
  return picked?.label;
}

const ANOTHER = 'Another version…';
const TWO = 'Two versions…';

/** @returns the reference, or the label of what has none */
async function pickVersion(
  items: readonly VersionItem[],
  placeHolder: string,
): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
  });
  if (picked?.label === ANOTHER && picked.reference === undefined) {
    return vscode.window.showInputBox({ prompt: 'A commit, branch or tag', value: 'HEAD~1' });
  }
  return picked?.reference ?? picked?.label;
}

function typedVersion({ repository }: LoadedProject): readonly VersionItem[] {
  if (repository === undefined) return [];
  return [{ label: ANOTHER, description: 'a commit, branch or tag' }];
}
