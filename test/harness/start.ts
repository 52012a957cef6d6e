import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProduct } from './build';
import { prepareDemo, tellStory } from './demo';
import { openDesktop, serveEditor } from './openEditor';
import type { SampleProject } from './sampleProject';
import { SAMPLE_STORIES, type SampleStory } from './sampleStories';
import { say } from './say';
import { endOnSignals } from './temporaryFolder';

/**
 * `npm start [-- SAMPLE] [--desktop] [--once]`: the whole path on a fresh copy of a sample, in the terminal, and then
 * VS Code on it. `--once` opens VS Code, sees that it answers, and ends.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { desktop: { type: 'boolean' }, once: { type: 'boolean' } },
    allowPositionals: true,
  });
  const name = positionals[0] ?? 'tumours';
  const story = SAMPLE_STORIES[name];
  if (story === undefined) {
    console.error(
      `No sample is called ${name}. There are: ${Object.keys(SAMPLE_STORIES).join(', ')}.`,
    );
    return 2;
  }
  say('building the extension and the command line');
  await buildProduct();
  // The copy outlives this process: people look around in it.
  const folder = join(await mkdtemp(join(tmpdir(), 'ml-preflight-')), name);
  const project = await prepareDemo(name, folder);
  say(`copied the sample ${name} to ${folder}`);
  const failures = await tellStory(project, story);
  if (failures.length > 0) say(`did not go as it should: ${failures.join(', ')}`);
  describeNext(project, story);
  if (values.desktop === true) await openDesktop(project);
  else await serveEditor(project, values.once === true);
  return failures.length > 0 ? 1 : 0;
}

function describeNext(project: SampleProject, story: SampleStory): void {
  console.log(`\nThe project is in ${project.root}. In its terminal, try:`);
  for (const { command, effect } of story.tryNext) console.log(`\n  # ${effect}\n  ${command}`);
  console.log(`\n  # goes back\n  ${story.undo}\n`);
}

endOnSignals();
void main().then((code) => process.exit(code));
