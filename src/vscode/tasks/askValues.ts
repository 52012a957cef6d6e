import * as vscode from 'vscode';
import type { Stage } from '../../project/project';
import type { LoadedProject } from '../projectStore';
import { textOf } from './parameterText';

interface Choice extends vscode.QuickPickItem {
  readonly action: 'run' | 'other' | 'set';
  readonly key?: string;
}

/**
 * Asks for values of a stage's parameters for one run, one after the other, until the user says Run.
 * @returns the values by key; undefined where the user gave up, or where nothing can be set
 */
export async function askValues(
  loaded: LoadedProject,
  stage: Stage,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { readStageParameters } = await import('../onDemand');
  const { parameters, isOther } = await readStageParameters(stage, loaded.project.root);
  const isOpen = isOther !== undefined;
  if (parameters.length === 0 && !isOpen) {
    await vscode.window.showInformationMessage(
      `ML Preflight: ${stage.name} has no parameters that could be set for one run.`,
    );
    return undefined;
  }
  const values = new Map<string, string>();
  for (;;) {
    const known = parameters.map(({ key, value }) => ({ key, text: textOf(value) }));
    const choice = await vscode.window.showQuickPick(choicesFor(known, values, isOpen), {
      title: `Run ${stage.name} with other values`,
      placeHolder: 'Choose a parameter to change it in this run alone',
      // A look at the code must not lose the values that are set already.
      ignoreFocusOut: true,
    });
    if (choice === undefined) return undefined;
    if (choice.action === 'run') return Object.fromEntries(values);
    const key =
      choice.key ?? (await vscode.window.showInputBox({ prompt: 'Name of the parameter' }));
    if (key === undefined || key === '') continue;
    const value = await vscode.window.showInputBox({
      prompt: `${key} in this run`,
      ignoreFocusOut: true,
      value: values.get(key) ?? known.find((one) => one.key === key)?.text ?? '',
    });
    if (value !== undefined) values.set(key, value);
  }
}

function choicesFor(
  known: readonly { readonly key: string; readonly text: string }[],
  values: ReadonlyMap<string, string>,
  isOpen: boolean,
): readonly Choice[] {
  const keys = new Set([...known.map(({ key }) => key), ...values.keys()]);
  return [
    ...(values.size === 0 ? [] : [{ label: '$(play) Run', action: 'run' } as const]),
    ...[...keys].map((key): Choice => {
      const before = known.find((one) => one.key === key)?.text ?? '';
      const after = values.get(key);
      const description = after === undefined ? before : `${before} → ${after}`.trim();
      return { label: key, description, action: 'set', key };
    }),
    ...(isOpen ? [{ label: '$(add) Another…', action: 'other' } as const] : []),
  ];
}
