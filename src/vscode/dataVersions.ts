import * as vscode from 'vscode';
import { formatAge } from '../base/format';
import { runGit } from '../git/runGit';
import { splitMember } from '../project/classify/memberPath';
import type { LoadedProject } from './projectStore';

export interface VersionItem extends vscode.QuickPickItem {
  /** As `validateProject` takes it; empty for the default. */
  readonly reference?: string;
}

const RECENT_COMMITS = 30;

/** In milliseconds. In a long history git may look for minutes for the commits that changed a file. */
const PATIENCE = 1500;

interface Commit {
  readonly hash: string;
  readonly item: VersionItem;
}

/** The commits whose data can be compared: those that changed a dataset first, then the others of late. */
export async function listDataVersions(
  loaded: LoadedProject,
  dataset: string | undefined,
): Promise<readonly VersionItem[]> {
  const { repository, project } = loaded;
  if (repository === undefined) return [];
  const path = project.datasets.find(({ name }) => name === dataset)?.path;
  const [recent, changing] = await Promise.all([
    listCommits(repository.root, []),
    path === undefined ? [] : listCommits(project.root, ['--', ...pathspecs(path)]),
  ]);
  const head = recent[0]?.hash;
  const items = (commits: readonly Commit[]): readonly VersionItem[] =>
    commits.map(({ hash, item }) =>
      hash === head ? { ...item, label: `HEAD (${item.label})`, reference: 'HEAD' } : item,
    );
  const listed = new Set([head, ...changing.map(({ hash }) => hash)]);
  const others = recent.filter(({ hash }) => !listed.has(hash));
  if (changing.length === 0) return versionSection('Versions', items(recent));
  // What is compared most is the last commit, whether it changed the data or not.
  const first = changing.some(({ hash }) => hash === head) ? [] : recent.slice(0, 1);
  return [
    ...versionSection('Versions', items(first)),
    ...versionSection(`Commits that changed ${dataset}`, items(changing)),
    ...versionSection('Other commits', items(others)),
  ];
}

export function versionSection(
  label: string,
  items: readonly VersionItem[],
): readonly VersionItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** The data themselves, or the pointer of DVC beside them. */
function pathspecs(path: string): readonly string[] {
  const { file } = splitMember(path);
  return [`:(glob)${file}`, `:(glob)${file}.dvc`];
}

/** The latest first; none where git has none, fails, or takes too long. */
async function listCommits(folder: string, words: readonly string[]): Promise<readonly Commit[]> {
  const format = '--format=%H%x00%h%x00%ct%x00%s';
  const logged = await runGit(folder, ['log', `-n${RECENT_COMMITS}`, format, ...words], {
    signal: AbortSignal.timeout(PATIENCE),
  });
  const lines = logged.ok ? logged.value.toString('utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => {
    const [hash = '', short = '', time = '0', subject = ''] = line.split('\0');
    const description = `${subject} · ${formatAge(Number(time) * 1000, Date.now())}`;
    return { hash, item: { label: short, description, reference: hash } };
  });
}
