import { join } from 'node:path';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../config/parseConfig';
import type { CommandHandlers } from '../commands';
import type { ProjectStore } from '../projectStore';
import { projectOf } from './commandTarget';
import type { HandlerParts } from './handlerParts';

export function projectHandlers({ store, doctor }: HandlerParts) {
  return {
    'mlPreflight.project.refresh': () => store.refresh(),
    'mlPreflight.doctor.open': () => doctor.open(),
    'mlPreflight.project.openConfig': (node) => openConfig(store, node),
  } satisfies Partial<CommandHandlers>;
}

async function openConfig(store: ProjectStore, node: unknown): Promise<void> {
  const loaded = await projectOf(node, store);
  if (loaded === undefined) return;
  const uri = vscode.Uri.file(join(loaded.project.root, CONFIG_FILE));
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  await vscode.commands.executeCommand(
    'vscode.open',
    exists ? uri : uri.with({ scheme: 'untitled' }),
  );
}
