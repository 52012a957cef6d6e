import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';

/** Every command of the extension; a test keeps this list equal to package.json's. */
export const COMMAND_IDS = [
  'mlPreflight.project.refresh',
  'mlPreflight.project.openConfig',
  'mlPreflight.pipeline.run',
  'mlPreflight.stage.run',
  'mlPreflight.stage.runForced',
  'mlPreflight.stage.runDownstream',
  'mlPreflight.pipeline.showGraph',
  'mlPreflight.stage.runWith',
  'mlPreflight.stage.runOnly',
  'mlPreflight.stage.showParameters',
  'mlPreflight.stage.debug',
  'mlPreflight.stage.shareDebug',
  'mlPreflight.stage.stop',
  'mlPreflight.doctor.open',
  'mlPreflight.stage.open',
  'mlPreflight.stage.showLog',
  'mlPreflight.data.validate',
  'mlPreflight.data.quickCheck',
  'mlPreflight.data.writeBaseline',
  'mlPreflight.data.importSchema',
  'mlPreflight.data.compareWith',
  'mlPreflight.data.accept',
  'mlPreflight.data.showRows',
  'mlPreflight.data.compareRows',
  'mlPreflight.data.explainRule',
  'mlPreflight.models.compare',
  'mlPreflight.models.compareWith',
  'mlPreflight.models.copyVersion',
  'mlPreflight.models.refresh',
  'mlPreflight.gate.check',
  'mlPreflight.gate.openReport',
  'mlPreflight.hook.install',
  'mlPreflight.hook.uninstall',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

export type CommandHandler = (...args: readonly unknown[]) => Promise<void>;
export type CommandHandlers = Readonly<Record<CommandId, CommandHandler>>;

/**
 * The one place where commands are registered. What a handler throws is a bug: it is logged, and shown
 * with a way to the log.
 */
export function registerCommands(
  handlers: CommandHandlers,
  log: vscode.LogOutputChannel,
): Disposable {
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await handlers[id](...args);
        } catch (error) {
          log.error(`${id} failed`, error instanceof Error ? error : String(error));
          const choice = await vscode.window.showErrorMessage(
            `ML Preflight: ${id} failed unexpectedly.`,
            'Show Log',
          );
          if (choice === 'Show Log') log.show();
        }
      }),
    ),
  );
}
