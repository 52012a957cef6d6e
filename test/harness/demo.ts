import { runInSight, runPreflight, withCommandLine } from './commandLine';
import { openEditorWindow, type EditorWindow } from './editorWindow';
import { REPOSITORY } from './repository';
import { copySample, projectAt, type SampleProject } from './sampleProject';
import type { SampleStory } from './sampleStories';
import { makeTemporaryFolder } from './temporaryFolder';

/** A copy of a sample in whose terminals `ml-preflight` is a command. */
export async function prepareDemo(name: string, folder: string): Promise<SampleProject> {
  const project = await copySample(name, { folder });
  const environment = await withCommandLine(makeTemporaryFolder('bin'), project.environment);
  return projectAt(project.root, environment);
}

/**
 * Run, validate, improve, compare, judge, commit: leaves a repository with a history, data with a baseline, and the
 * gate in its hook. Everything is shown as in a terminal.
 * @returns the commands that did not succeed.
 */
export async function tellStory(
  project: SampleProject,
  story: SampleStory,
): Promise<readonly string[]> {
  const failures: string[] = [];
  const preflight = async (...words: readonly string[]): Promise<void> => {
    if ((await runPreflight(project, ...words)) !== 0) failures.push(words.join(' '));
  };
  await preflight('run');
  await preflight('validate', '--write-baseline');
  await project.commit('Describe what the data must look like');
  await preflight('hook', 'install');

  const { file, replacements, message } = story.improvement;
  console.log(`\n# ${message}: ${replacements.map(([, after]) => after).join(', ')} in ${file}`);
  await project.edit(file, (text) =>
    replacements.reduce((edited, [before, after]) => edited.replace(before, after), text),
  );
  await preflight('run');
  await preflight('validate');
  await preflight('compare');
  await runInSight(project, ['git', 'add', '-A']);
  await preflight('check', '--staged');
  if ((await runInSight(project, ['git', 'commit', '-m', message])) !== 0) failures.push('commit');
  return failures;
}

/** A window on a demo for pictures: 1400 x 900, quiet, in a theme (`Default Dark Modern`). */
export function openDemoWindow(
  project: SampleProject,
  options: { readonly theme: string },
): Promise<EditorWindow> {
  return openEditorWindow({
    folder: project.root,
    extension: REPOSITORY,
    installed: true,
    environment: project.environment,
    theme: options.theme,
    size: { width: 1400, height: 900 },
    settings: { 'window.title': '${rootName}' },
  });
}
