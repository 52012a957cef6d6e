import * as vscode from 'vscode';
import type { Stage } from '../../project/project';
import type { ProjectStore } from '../projectStore';
import type { StageStates } from '../stageStates';
import { describeLastRun, statusWord } from '../stageWords';
import { plainTooltip } from '../trees/treeNode';
import { stagesInFile, type StagesAtLine } from './stagesInFile';

/** Stages of a loop beyond this many are not told one by one. */
const MOST_STAGES = 6;

/** What is known of a stage, where the pointer rests on the line that defines it. */
export class StageHovers implements vscode.HoverProvider {
  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const place = stagesInFile(this.store, document.uri).find(({ line }) => line === position.line);
    return place === undefined ? undefined : new vscode.Hover(this.describe(place));
  }

  private describe({ loaded, stages }: StagesAtLine): vscode.MarkdownString[] {
    return stages.slice(0, MOST_STAGES).map((stage) => {
      const known = this.states.of(loaded, stage.id);
      return plainTooltip([
        `${titleOf(stage)}: ${known === undefined ? 'status not read yet' : statusWord(known.status.status)}`,
        ...(known?.status.reasons ?? []),
        ...(known?.lastRun === undefined ? [] : [describeLastRun(known.lastRun, Date.now())]),
        ...stage.ciJobs.map((job) => `In CI: ${job.job ?? job.file} (${job.file}:${job.line})`),
      ]);
    });
  }
}

/** A kind that is the name is not said twice. */
function titleOf({ name, kind }: Stage): string {
  return name === kind ? name : `${name} (${kind})`;
}
