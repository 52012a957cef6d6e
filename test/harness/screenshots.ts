import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildProduct } from './build';
import { openDemoWindow, prepareDemo, tellStory } from './demo';
import { inRepository } from './repository';
import { projectAt, type SampleProject } from './sampleProject';
import { SAMPLE_STORIES } from './sampleStories';
import { say } from './say';
import { SHOTS, type Shot } from './shots';
import { endOnSignals, makeTemporaryFolder, removeTemporaryFolder } from './temporaryFolder';

const SAMPLE = 'tumours';
const FOLDER = inRepository('media', 'screenshots');
const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;

/**
 * `npm run screenshots [-- NAME…]`: real pictures of a real VS Code on a prepared sample, for the README and the
 * walkthrough: media/screenshots/<shot>-<theme>.png. Names select shots (`sidebar`) or pictures (`sidebar-dark`).
 */
async function main(names: readonly string[]): Promise<void> {
  await buildProduct();
  await mkdir(FOLDER, { recursive: true });
  const demo = await prepareStory();
  for (const shot of SHOTS) {
    for (const theme of ['dark', 'light'] as const) {
      const picture = `${shot.name}-${theme}`;
      if (names.length > 0 && !names.includes(shot.name) && !names.includes(picture)) continue;
      await takePicture(demo, shot, theme, join(FOLDER, `${picture}.png`));
      say(`wrote media/screenshots/${picture}.png`);
    }
  }
}

async function prepareStory(): Promise<SampleProject> {
  const demo = await prepareDemo(SAMPLE, join(makeTemporaryFolder('shots'), SAMPLE));
  const story = SAMPLE_STORIES[SAMPLE];
  const failures = story === undefined ? ['no story'] : await tellStory(demo, story);
  if (failures.length > 0) throw new Error(`The sample did not do: ${failures.join(', ')}.`);
  return demo;
}

/** Takes a picture of a copy of its own, so that what one shot changes is not in the next. */
async function takePicture(
  demo: SampleProject,
  shot: Shot,
  theme: keyof typeof THEMES,
  path: string,
): Promise<void> {
  const parent = makeTemporaryFolder('shot');
  const project = projectAt(join(parent, SAMPLE), demo.environment);
  await cp(demo.root, project.root, { recursive: true, verbatimSymlinks: true });
  await shot.prepare?.(project);
  const window = await openDemoWindow(project, { theme: THEMES[theme] });
  try {
    await shot.steps(window.page);
  } finally {
    // Also of a failure: the picture shows where it went wrong.
    await window.page.screenshot({ path });
    await window.close();
    await removeTemporaryFolder(parent);
  }
}

endOnSignals();
void main(process.argv.slice(2)).then(() => process.exit(0));
