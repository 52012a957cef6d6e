import type { PipelineTool, Project, Stage } from '../../../src/project/project';

/** A pipeline tool, asked about its own stages: what detection and status of ours are held against. */
export interface Peer {
  readonly tool: PipelineTool;
  /** Lists the stages that the tool itself sees. Rejects with the tool's own words where it cannot read the project. */
  listStages(project: Project, env: NodeJS.ProcessEnv): Promise<readonly string[]>;
  /** The same stages by our detection, in the tool's words. */
  nameStages(project: Project): readonly string[];
  /** Stages that the tool would run again, in its words; absent where the tool does not tell. */
  listStale?(project: Project, env: NodeJS.ProcessEnv): Promise<readonly string[]>;
  /** The same by our status; absent where that is every stage that is not fresh. */
  nameStale?(project: Project, stateFolder: string): Promise<readonly string[]>;
  /** Whatever else can be compared. */
  compareMore?(
    project: Project,
    stateFolder: string,
    env: NodeJS.ProcessEnv,
  ): Promise<readonly Compared[]>;
  /** The name of a stage of ours, in the tool's words. */
  nameOf(stage: Stage): string;
}

/** What both say of the same, in the same words. */
export interface Compared {
  readonly what: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}
