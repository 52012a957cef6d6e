import { join } from 'node:path';
import * as vscode from 'vscode';
import { readRuns } from '../../pipeline/ledger/runLedger';
import type { CommandHandlers } from '../commands';
import { debugStage, shareDebugConfiguration } from '../debugStage';
import { askValues } from '../tasks/askValues';
import { showParameterChanges } from '../tasks/showParameterChanges';
import { runInTerminal } from '../tasks/runInTerminal';
import type { RunRequest } from '../tasks/stageTask';
import { stopStage } from '../tasks/stopStage';
import { isPipelineNode, projectOf, stageOf } from './commandTarget';
import type { HandlerParts } from './handlerParts';

export function stageHandlers(parts: HandlerParts) {
  return {
    'mlPreflight.pipeline.run': (node, ids) => runPipeline(parts, node, ids),
    'mlPreflight.pipeline.showGraph': (node) => showGraph(parts, node),
    'mlPreflight.stage.run': (node, id) => runStage(parts, [node, id], {}),
    'mlPreflight.stage.runForced': (node, id) => runStage(parts, [node, id], { force: true }),
    'mlPreflight.stage.runDownstream': (node, id) =>
      runStage(parts, [node, id], { downstream: true }),
    'mlPreflight.stage.runOnly': (node, id) => runStage(parts, [node, id], { singleItem: true }),
    'mlPreflight.stage.runWith': (node, id) => runStageWith(parts, node, id),
    'mlPreflight.stage.showParameters': async (node, id) => {
      const target = await stageOf(node, id, parts);
      if (target !== undefined) await showParameterChanges(target.loaded, target.stage);
    },
    'mlPreflight.stage.debug': async (node, id) => {
      const target = await stageOf(node, id, parts, 'runnable');
      if (target !== undefined) await debugStage(target.loaded, target.stage);
    },
    'mlPreflight.stage.shareDebug': async (node, id) => {
      const target = await stageOf(node, id, parts, 'runnable');
      if (target !== undefined) await shareDebugConfiguration(target.loaded, target.stage);
    },
    'mlPreflight.stage.stop': async (node, id) => {
      const target = await stageOf(node, id, parts, 'running');
      if (target !== undefined) await stopStage(target.loaded, target.stage);
    },
    'mlPreflight.stage.open': (node, id) => openStage(parts, node, id),
    'mlPreflight.stage.showLog': (node, id) => showLog(parts, node, id),
  } satisfies Partial<CommandHandlers>;
}

/** @param ids of stages, where not the whole pipeline is meant */
async function runPipeline(parts: HandlerParts, node: unknown, ids: unknown): Promise<void> {
  const loaded = await projectOf(node, parts.store);
  if (loaded === undefined) return;
  const stages = Array.isArray(ids) ? ids.map(String) : [];
  await runInTerminal(loaded, { stages }, parts.commandLine);
  await parts.states.refresh();
}

async function showGraph({ store, graph }: HandlerParts, node: unknown): Promise<void> {
  const loaded = await projectOf(node, store);
  const stage = isPipelineNode(node) && node.kind === 'stage' ? node.stage.id : undefined;
  if (loaded !== undefined) await graph.open(loaded, stage);
}

async function runStage(
  parts: HandlerParts,
  [node, id]: readonly [unknown, unknown],
  options: Omit<RunRequest, 'stages'>,
): Promise<void> {
  const target = await stageOf(node, id, parts, 'runnable');
  if (target === undefined) return;
  const request = { stages: [target.stage.id], ...options };
  await runInTerminal(target.loaded, request, parts.commandLine);
  // The watcher may have missed the end of a run that was over at once.
  await parts.states.refresh();
}

async function runStageWith(parts: HandlerParts, node: unknown, id: unknown): Promise<void> {
  const target = await stageOf(node, id, parts, 'runnable');
  const set = target === undefined ? undefined : await askValues(target.loaded, target.stage);
  if (target === undefined || set === undefined) return;
  const request = { stages: [target.stage.id], set };
  await runInTerminal(target.loaded, request, parts.commandLine);
  await parts.states.refresh();
}

async function openStage(parts: HandlerParts, node: unknown, id: unknown): Promise<void> {
  const target = await stageOf(node, id, parts);
  if (target === undefined) return;
  const { file, line } = target.stage.source;
  const uri = vscode.Uri.file(join(target.loaded.project.root, file));
  await vscode.commands.executeCommand('vscode.open', uri, {
    selection: new vscode.Range(line - 1, 0, line - 1, 0),
  });
}

/** The log of a stage's last run; without a stage, of the last run of all. */
async function showLog(parts: HandlerParts, node: unknown, id: unknown): Promise<void> {
  const named = typeof node === 'string' || (isPipelineNode(node) && node.kind === 'stage');
  const target = named ? await stageOf(node, id, parts) : undefined;
  const loaded = target?.loaded ?? (await projectOf(node, parts.store));
  if (loaded === undefined) return;
  const runs = await readRuns(loaded.stateFolder);
  const last = runs.findLast((run) => target === undefined || run.stage === target.stage.id);
  if (last === undefined) {
    await vscode.window.showInformationMessage(
      'ML Preflight: there is no log yet; nothing has run.',
    );
    return;
  }
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(last.log));
}
