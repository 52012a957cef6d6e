import * as vscode from 'vscode';
import { formatAge, formatCount, formatNumber } from '../base/format';
import type { Stage } from '../project/project';
import { stagePlaces } from '../project/stagePlaces';
import { hasContent, projectName } from './projectName';
import type { LoadedProject, ProjectStore } from './projectStore';
import type { StageStates } from './stageStates';
import { describeInLine } from './stageWords';
import { statusIcon } from './trees/statusIcon';

/** The only project, or the one that the user picks; says so where there is none. */
export async function pickProject(store: ProjectStore): Promise<LoadedProject | undefined> {
  await store.settled();
  const withContent = store.projects.filter(hasContent);
  const projects = withContent.length === 0 ? store.projects : withContent;
  if (projects.length === 0) {
    await vscode.window.showInformationMessage(
      'ML Preflight: open a folder with an ML project first.',
    );
    return undefined;
  }
  if (projects.length === 1) return projects[0];
  const items = projects.map((loaded) => ({
    label: projectName(loaded),
    description: formatCount(loaded.project.stages.length, 'stage'),
    loaded,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which project?' }))?.loaded;
}

/** Which stages a command can do something with. */
export type StageChoice = 'all' | 'runnable' | 'running';

function isAmong(
  stage: Stage,
  loaded: LoadedProject,
  states: StageStates,
  among: StageChoice,
): boolean {
  switch (among) {
    case 'all':
      return true;
    case 'runnable':
      return stage.notRunnable === undefined;
    case 'running':
      return states.of(loaded, stage.id)?.status.status === 'running';
  }
}

/** A stage that the user picks by its name, status, command or file. */
export async function pickStage(
  loaded: LoadedProject,
  states: StageStates,
  among: StageChoice = 'all',
): Promise<Stage | undefined> {
  const stages = loaded.project.stages.filter((stage) => isAmong(stage, loaded, states, among));
  if (stages.length === 0 && among === 'running') {
    await vscode.window.showInformationMessage('ML Preflight: no stage is running.');
    return undefined;
  }
  if (among === 'running' && stages.length === 1) return stages[0];
  if (stages.length === 0) {
    await vscode.window.showInformationMessage(
      'ML Preflight: no stages were found here. Describe them in preflight.yaml, under `stages`.',
    );
    return undefined;
  }
  const places = stagePlaces(stages);
  const items = stages.map((stage) => {
    const known = states.of(loaded, stage.id);
    const icon = known === undefined ? undefined : statusIcon(known.status.status).id;
    const facts = [places.get(stage.id), known === undefined ? undefined : describeInLine(known)];
    return {
      label: `${icon === undefined ? '' : `$(${icon}) `}${stage.name}`,
      description: facts.filter((fact) => fact !== undefined).join(' · '),
      detail: `${stage.command}  (${stage.source.file}:${stage.source.line})`,
      stage,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which stage?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.stage;
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
