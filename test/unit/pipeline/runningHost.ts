import { runStages } from '../../../src/pipeline/runStages';
import { makeProject, makeStage } from './makeStage';

/** A host for a test to kill: runs the command of its second argument in the folder of its first. */
const [root = '', command = ''] = process.argv.slice(2);
const stages = [makeStage('train', { command })];
void runStages({
  project: makeProject(root, stages),
  stages,
  stateFolder: `${root}/.state`,
  jobs: 1,
  force: false,
  signal: new AbortController().signal,
  environment: undefined,
  onEvent: () => undefined,
});
