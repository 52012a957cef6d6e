import * as vscode from 'vscode';
import type { StageState } from '../../pipeline/status/stageStatus';

const ICONS: Readonly<Record<StageState, readonly [icon: string, colour: string | undefined]>> = {
  fresh: ['pass', 'testing.iconPassed'],
  stale: ['history', 'list.warningForeground'],
  'never-run': ['circle-large-outline', undefined],
  running: ['loading~spin', undefined],
  failed: ['error', 'testing.iconFailed'],
  blocked: ['debug-pause', 'list.warningForeground'],
  unknown: ['question', undefined],
};

export function statusIcon(status: StageState): vscode.ThemeIcon {
  const [icon, colour] = ICONS[status];
  return new vscode.ThemeIcon(
    icon,
    colour === undefined ? undefined : new vscode.ThemeColor(colour),
  );
}
