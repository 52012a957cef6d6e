import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import { registerCommands } from './commands';
import { connectParts } from './connectParts';
import { createParts, type Parts } from './createParts';
import { registerEditors } from './editors/registerEditors';
import { createHandlers } from './handlers/createHandlers';
import { registerStageTasks } from './tasks/stageTaskProvider';

/** What the extension tells tests and benchmarks. */
export interface PreflightApi {
  /** Milliseconds from the start of activation until the trees have their first content to show. */
  readonly firstContent: Promise<number>;
}

/** The composition root: makes the parts, says who listens to whom, and starts. */
export function activate(context: vscode.ExtensionContext): PreflightApi {
  const started = performance.now();
  const owner = new DisposableStore();
  context.subscriptions.push(owner);
  const log = owner.add(vscode.window.createOutputChannel('ML Preflight', { log: true }));
  const parts = createParts(context, owner);
  const handlers = createHandlers({
    ...parts,
    extensionUri: context.extensionUri,
    commandLine: context.asAbsolutePath('dist/cli.js'),
  });
  owner.add(registerCommands(handlers, log));
  owner.add(registerStageTasks(parts.store, context.asAbsolutePath('dist/cli.js')));
  owner.add(registerEditors(parts));
  owner.add(vscode.window.registerTreeDataProvider('mlPreflight.pipeline', parts.pipeline));
  owner.add(vscode.window.registerTreeDataProvider('mlPreflight.versions', parts.versions));

  const inBackground = (what: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      log.error(`${what} failed`, error instanceof Error ? error : String(error));
    });
  };
  connectParts(parts, owner, inBackground);
  owner.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => inBackground('Starting', start(parts))),
  );
  const firstContent = parts.store.firstContent.then(() => performance.now() - started);
  inBackground('Starting', start(parts));
  return { firstContent };
}

async function start({ store, gate }: Parts): Promise<void> {
  await store.refresh();
  // Only now is it known whether there is nothing here.
  await vscode.commands.executeCommand('setContext', 'mlPreflight.detected', true);
  // Git runs what a repository's configuration says: not before the folder is trusted.
  if (vscode.workspace.isTrusted) await gate.start();
}
