import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStages, type RunOptions } from '../../../src/pipeline/run/runStages';
import type { RunEvent, StageRun } from '../../../src/pipeline/run/stageRun';
import type { Stage } from '../../../src/project/project';
import { makeProject } from './makeStage';

/** A folder for each test of a suite, in which stages are run and what is told of them is kept. */
export class StageRuns {
  root = '';
  events: RunEvent[] = [];

  /** Called in a `describe`: the folder comes and goes with each of its tests. */
  constructor() {
    beforeEach(async () => {
      this.root = await mkdtemp(join(tmpdir(), 'preflight-run-'));
      this.events = [];
    });
    afterEach(() => rm(this.root, { recursive: true, force: true }));
  }

  get stateFolder(): string {
    return join(this.root, '.state');
  }

  readonly run = (
    stages: readonly Stage[],
    options: Partial<RunOptions> = {},
  ): Promise<readonly StageRun[]> =>
    runStages({
      project: makeProject(this.root, stages),
      stages,
      stateFolder: this.stateFolder,
      jobs: 1,
      force: false,
      signal: new AbortController().signal,
      environment: undefined,
      onEvent: (event) => void this.events.push(event),
      ...options,
    });

  readonly output = (stage: string): string =>
    this.events
      .map((event) => (event.type === 'output' && event.stage === stage ? event.data : ''))
      .join('');
}
