import type { Project, Stage } from '../../../src/project/project';

/** A stage of preflight.yaml with what a test is about, and nothing else. */
export function makeStage(id: string, parts: Partial<Stage> = {}): Stage {
  const source = { file: 'preflight.yaml', line: 1 };
  return {
    id,
    name: id,
    tool: 'preflight',
    kind: 'other',
    command: 'true',
    cwd: '.',
    dependencies: [],
    outputs: [],
    parameters: [],
    metrics: [],
    source,
    evidence: [source],
    ciJobs: [],
    ...parts,
  };
}

export function makeProject(root: string, stages: readonly Stage[]): Project {
  return { root, tools: [], stages, datasets: [], models: [], metrics: [], problems: [] };
}
