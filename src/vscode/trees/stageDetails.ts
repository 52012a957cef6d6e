import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatNumber } from '../../base/format';
import type { LiveLog } from '../../models/live/liveMetric';
import type { RunFailure } from '../../pipeline/failures/readFailure';
import type { Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import type { KnownStage } from '../stageStates';
import { describeLastRun } from '../stageWords';
import type { DetailNode } from './pipelineNode';
import { openEvidence } from './treeNode';

/** What is below a stage in the tree: why it is as it is, its last run, and what it reads and writes. */
export async function stageDetails(
  loaded: LoadedProject,
  stage: Stage,
  known: KnownStage | undefined,
  live: LiveLog | undefined,
): Promise<DetailNode[]> {
  const metrics = [...(live?.metrics.values() ?? [])];
  const { failure, lastRun } = known ?? {};
  return [
    ...metrics.map(({ name, value }) => detail('graph-line', `${name} ${formatNumber(value)}`)),
    ...(failure === undefined ? [] : [failureDetail(loaded, failure)]),
    ...(known?.status.reasons ?? []).map((reason) => detail('info', reason)),
    ...(lastRun === undefined ? [] : [detail('output', describeLastRun(lastRun, Date.now()))]),
    ...(await fileDetails(loaded, stage)),
    ...stage.ciJobs.map((job) => ({
      ...detail('server-process', `in CI: ${job.job ?? job.tool} (${job.file}:${job.line})`),
      command: openEvidence(loaded, job),
    })),
  ];
}

function detail(icon: string, text: string): DetailNode {
  return { kind: 'detail', text, icon };
}

function failureDetail(loaded: LoadedProject, { error, place }: RunFailure): DetailNode {
  if (place === undefined) return detail('bug', error);
  const text = `${error} (${place.file}:${place.line})`;
  return { ...detail('bug', text), command: openEvidence(loaded, place) };
}

function fileDetails(loaded: LoadedProject, stage: Stage): Promise<readonly DetailNode[]> {
  const { dependencies, outputs, metrics, parameters } = stage;
  const written = new Set(outputs);
  const files = [
    ...dependencies.map((path) => ({ icon: 'arrow-small-right', text: path, what: 'dependency' })),
    ...outputs.map((path) => ({ icon: 'file', text: path, what: 'output' })),
    ...metrics
      .filter((path) => !written.has(path))
      .map((path) => ({ icon: 'graph', text: path, what: 'metrics' })),
    ...parameters.map((path) => ({ icon: 'settings', text: path, what: 'parameter' })),
  ];
  return Promise.all(
    files.map(async ({ icon, text, what }) => {
      const path = what === 'parameter' ? (text.split(':')[0] ?? text) : text;
      const command = await openFile(join(loaded.project.root, path));
      return {
        ...detail(icon, text),
        description: what,
        ...(command === undefined ? {} : { command }),
      };
    }),
  );
}

/** Opens a file; of a folder, shows where it is. Undefined where there is neither, as with patterns. */
async function openFile(path: string): Promise<vscode.Command | undefined> {
  const uri = vscode.Uri.file(path);
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    const isFolder = (type & vscode.FileType.Directory) !== 0;
    const command = isFolder ? 'revealInExplorer' : 'vscode.open';
    return { command, title: 'Open', arguments: [uri] };
  } catch {
    return undefined;
  }
}
