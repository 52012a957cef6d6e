import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Parts } from '../createParts';
import { OutputDecorations } from './outputDecorations';
import { StageHovers } from './stageHovers';
import { StageLenses } from './stageLenses';

/** Any file may define stages: a script, a Makefile, a pipeline of CI. */
const ANY_FILE: vscode.DocumentSelector = { scheme: 'file' };

/** What the editors and the Explorer show of stages, kept up to date. */
export function registerEditors({
  store,
  states,
  findingFixes,
}: Pick<Parts, 'store' | 'states' | 'findingFixes'>): Disposable {
  const owner = new DisposableStore();
  const lenses = owner.add(new StageLenses(store, states));
  const decorations = owner.add(new OutputDecorations(store, states));
  owner.add(vscode.languages.registerCodeLensProvider(ANY_FILE, lenses));
  owner.add(vscode.languages.registerHoverProvider(ANY_FILE, new StageHovers(store, states)));
  owner.add(
    vscode.languages.registerCodeActionsProvider(ANY_FILE, findingFixes, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
  owner.add(vscode.window.registerFileDecorationProvider(decorations));
  owner.add(store.onDidChange(() => lenses.show()));
  owner.add(
    states.onDidChange(() => {
      lenses.show();
      decorations.show();
    }),
  );
  return owner;
}
