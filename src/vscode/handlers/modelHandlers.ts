import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands';
import { pickBase } from '../pickers';
import { isVersionNode, projectOf } from './commandTarget';
import type { HandlerParts } from './handlerParts';

export function modelHandlers(parts: HandlerParts) {
  return {
    'mlPreflight.models.compare': async (target) => {
      const loaded = await projectOf(target, parts.store);
      if (loaded !== undefined) await parts.comparison.open(loaded);
    },
    'mlPreflight.models.compareWith': (node) => compareWith(parts, node),
    'mlPreflight.models.copyVersion': (node) => copyVersion(node),
    'mlPreflight.models.refresh': () => parts.versions.refresh(),
  } satisfies Partial<CommandHandlers>;
}

async function compareWith(parts: HandlerParts, node: unknown): Promise<void> {
  const version = isVersionNode(node) && node.kind === 'version' ? node : undefined;
  const loaded = version?.loaded ?? (await projectOf(undefined, parts.store));
  if (loaded === undefined) return;
  const base = version?.version.commit ?? (await pickBase(loaded));
  if (base !== undefined) await parts.comparison.open(loaded, base);
}

async function copyVersion(node: unknown): Promise<void> {
  if (isVersionNode(node) && node.kind === 'version')
    await vscode.env.clipboard.writeText(node.version.commit);
}
