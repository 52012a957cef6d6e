import * as vscode from 'vscode';
import type { Result } from '../../base/result';
import type { HookStatus } from '../../git/hooks/hook';
import type { CommandHandlers } from '../commands';
import { projectOf } from './commandTarget';
import type { HandlerParts } from './handlerParts';
import { showProblem } from './showProblem';

export function gateHandlers(parts: HandlerParts) {
  return {
    'mlPreflight.gate.check': () => checkStaged(parts),
    'mlPreflight.gate.openReport': () => openGateReport(parts),
    'mlPreflight.hook.install': () => changeHook(parts, 'install'),
    'mlPreflight.hook.uninstall': () => changeHook(parts, 'uninstall'),
  } satisfies Partial<CommandHandlers>;
}

async function checkStaged(parts: HandlerParts): Promise<void> {
  await parts.store.settled();
  await parts.gateReport.showWorking();
  await parts.gateReport.show(await parts.gate.check());
}

async function openGateReport(parts: HandlerParts): Promise<void> {
  const { state } = parts.gate;
  if (state.kind === 'judged') await parts.gateReport.show(state);
  else await checkStaged(parts);
}

async function changeHook(parts: HandlerParts, change: 'install' | 'uninstall'): Promise<void> {
  const repository = (await projectOf(undefined, parts.store))?.repository;
  if (repository === undefined) {
    const text = 'ML Preflight: this folder is in no git repository. Run `git init` first.';
    await vscode.window.showErrorMessage(text);
    return;
  }
  const { installHook, uninstallHook } = await import('../onDemand');
  const changed: Result<HookStatus> =
    change === 'install'
      ? await installHook(repository, { cli: parts.commandLine, node: process.execPath })
      : await uninstallHook(repository);
  if (!changed.ok) {
    await showProblem(changed.problem);
    return;
  }
  const message = changed.value.installed
    ? 'the gate now judges every commit of this repository.'
    : 'the gate is out of this repository.';
  void vscode.window.showInformationMessage(`ML Preflight: ${message}`);
}
