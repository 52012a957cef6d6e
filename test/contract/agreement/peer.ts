import type { PipelineTool, Project, Stage } from '../../../src/project/project';

/** A pipeline tool, asked about its own stages: what detection and status of ours are held against. */
export interface Peer {
  readonly tool: PipelineTool;
  /** What the tool reads by itself (a Snakefile, a makefile), as a project each; absent: the project is one. */
  parts?(project: Project): readonly Project[];
  /** Lists the stages that the tool itself sees. Rejects with the tool's own words where it cannot read the project. */
  listStages(part: Project, env: NodeJS.ProcessEnv): Promise<readonly string[]>;
  /** The same stages by our detection, in the tool's words. */
  nameStages(part: Project): readonly string[];
  /** The name of a stage of ours, in the tool's words. */
  nameOf(stage: Stage): string;
  /** Stages that the tool would run again, in its words; absent where the tool does not tell. */
  listStale?(part: Project, env: NodeJS.ProcessEnv): Promise<readonly string[]>;
  /** The stages that `listStale` can tell of, in the tool's words; absent: all. */
  listJudged?(part: Project, env: NodeJS.ProcessEnv): Promise<readonly string[]>;
  /** The same, where the stage itself tells. */
  isJudged?(stage: Stage): boolean;
  /** What `listStale` lists, by our status; absent where that is every stage that is not fresh. */
  nameStale?(part: Project, stateFolder: string): Promise<readonly string[]>;
  /** Whatever else can be compared. */
  compareMore?(
    part: Project,
    stateFolder: string,
    env: NodeJS.ProcessEnv,
  ): Promise<readonly Compared[]>;
}

/** What both say of the same, in the same words. */
export interface Compared {
  readonly what: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** The parts of a project that the tool reads file by file, the file as their only evidence. */
export function partsOfFiles(
  project: Project,
  tool: PipelineTool,
  fileOf: (stage: Stage) => string,
): readonly Project[] {
  const own = project.stages.filter((stage) => stage.tool === tool);
  const places = project.tools.find((one) => one.tool === tool)?.evidence ?? [];
  return places.map((place) => ({
    ...project,
    tools: [{ tool, evidence: [place] }],
    stages: own.filter((stage) => fileOf(stage) === place.file),
  }));
}
