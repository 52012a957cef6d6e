import * as vscode from 'vscode';
import { formatAge, formatNumber } from '../base/format';
import type { Stage } from '../project/project';
import type { LoadedProject, ProjectStore } from './projectStore';

/** The only project, or the one that the user picks; says so where there is none. */
export async function pickProject(store: ProjectStore): Promise<LoadedProject | undefined> {
  await store.settled();
  const { projects } = store;
  if (projects.length === 0) {
    await vscode.window.showInformationMessage(
      'ML Preflight: open a folder with an ML project first.',
    );
    return undefined;
  }
  if (projects.length === 1) return projects[0];
  const items = projects.map((loaded) => ({
    label: vscode.workspace.asRelativePath(loaded.project.root, true),
    loaded,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which project?' }))?.loaded;
}

export async function pickStage(loaded: LoadedProject): Promise<Stage | undefined> {
  const { stages } = loaded.project;
  if (stages.length === 0) {
    await vscode.window.showInformationMessage(
      'ML Preflight: no stages were found here. Describe them in preflight.yaml, under `stages`.',
    );
    return undefined;
  }
  const items = stages.map((stage) => ({
    label: stage.name,
    description: stage.kind,
    detail: `${stage.command}  (${stage.source.file}:${stage.source.line})`,
    stage,
  }));
  return (
    await vscode.window.showQuickPick(items, { placeHolder: 'Which stage?', matchOnDetail: true })
  )?.stage;
}

/** A version to compare with: one of the models' commits, or anything that is typed. */
export async function pickBase(loaded: LoadedProject): Promise<string | undefined> {
  if (loaded.repository === undefined) return undefined;
  const { listModelVersions } = await import('./onDemand');
  const histories = await listModelVersions(loaded.project, loaded.repository, { max: 100 });
  const versions = histories.ok ? histories.value.flatMap((history) => history.versions) : [];
  const items = [...new Map(versions.map((version) => [version.commit, version])).values()].map(
    (version) => ({
      label: version.version,
      description: `${version.subject} · ${formatAge(version.time, Date.now())}`,
      detail: Object.entries(version.metrics)
        .slice(0, 4)
        .map(([name, value]) => `${name} ${formatNumber(value)}`)
        .join(', '),
      reference: version.commit,
    }),
  );
  const typed = {
    label: 'Another version…',
    description: 'a commit, branch or tag',
    detail: '',
    reference: '',
  };
  const picked = await vscode.window.showQuickPick([...items, typed], {
    placeHolder: 'Compare the work tree with…',
  });
  if (picked === undefined || picked.reference !== '') return picked?.reference;
  return vscode.window.showInputBox({ prompt: 'A commit, branch or tag', value: 'HEAD' });
}
