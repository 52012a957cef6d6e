import * as vscode from 'vscode';
import { formatAge } from '../base/format';
import { runGit } from '../git/runGit';
import type { LoadedProject } from './projectStore';

interface ReferenceItem extends vscode.QuickPickItem {
  /** As `validateProject` takes it; empty for the default. */
  readonly reference?: string;
}

const RECENT_COMMITS = 30;

/**
 * Asks what the data are to be compared with: what is compared by default, another dataset, or a version of themselves.
 * @returns undefined where nothing was chosen; empty for the default
 */
export async function pickDataReference(
  loaded: LoadedProject,
  dataset: string | undefined,
): Promise<string | undefined> {
  const others = loaded.project.datasets.filter(({ name }) => name !== dataset);
  const items: readonly ReferenceItem[] = [
    {
      label: 'The baseline',
      description: 'the committed one; without it, the version that the gate compares with',
      reference: '',
    },
    ...section(
      'Datasets',
      others.map(({ name, path, role }) => ({
        label: name,
        description: `${role === 'other' ? '' : `${role} · `}${path}`,
        reference: name,
      })),
    ),
    ...section('Versions', await listVersions(loaded)),
  ];
  const title = dataset === undefined ? 'Compare the data with…' : `Compare ${dataset} with…`;
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: title,
    matchOnDescription: true,
  });
  if (picked?.label !== ANOTHER) return picked?.reference;
  return askVersion();
}

/** Asks for a version whose rows those of the work tree are compared with. */
export async function pickDataVersion(
  loaded: LoadedProject,
  dataset: string,
): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(await listVersions(loaded), {
    placeHolder: `Compare the rows of ${dataset} with those of…`,
    matchOnDescription: true,
  });
  return picked?.label === ANOTHER ? askVersion() : picked?.reference;
}

export async function pickDataset({ project }: LoadedProject): Promise<string | undefined> {
  const items = project.datasets.map(({ name, path }) => ({ label: name, description: path }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which dataset?' });
  return picked?.label;
}

function askVersion(): Thenable<string | undefined> {
  return vscode.window.showInputBox({ prompt: 'A commit, branch or tag', value: 'HEAD~1' });
}

const ANOTHER = 'Another version…';

async function listVersions({ repository }: LoadedProject): Promise<readonly ReferenceItem[]> {
  if (repository === undefined) return [];
  const format = '--format=%H%x00%h%x00%ct%x00%s';
  const logged = await runGit(repository.root, ['log', `-n${RECENT_COMMITS}`, format]);
  const lines = logged.ok ? logged.value.toString('utf8').split('\n').filter(Boolean) : [];
  const commits = lines.map((line, index): ReferenceItem => {
    const [commit = '', short = '', time = '0', subject = ''] = line.split('\0');
    return {
      label: index === 0 ? `HEAD (${short})` : short,
      description: `${subject} · ${formatAge(Number(time) * 1000, Date.now())}`,
      reference: index === 0 ? 'HEAD' : commit,
    };
  });
  return [...commits, { label: ANOTHER, description: 'a commit, branch or tag' }];
}

function section(label: string, items: readonly ReferenceItem[]): readonly ReferenceItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
