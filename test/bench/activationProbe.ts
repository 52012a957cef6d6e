import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { PreflightApi } from '../../src/vscode/extension';

/** One start of a window, as the extension host saw it. */
export interface ActivationSample {
  /** Milliseconds from the start of activation until the trees had something to show. */
  readonly firstContent: number;
  /** Child processes of the extension host a while after everything was shown. */
  readonly children: readonly string[];
  /** Timers of the whole extension host before this extension was there, and when it was idle. */
  readonly timersBefore: number;
  readonly timersIdle: number;
}

const IDLE_MS = 8000;

/** What VS Code calls in its extension host instead of tests. Linux only: it reads /proc. */
export async function run(): Promise<void> {
  const file = process.env.ML_PREFLIGHT_BENCH_RESULTS;
  if (file === undefined) throw new Error('ML_PREFLIGHT_BENCH_RESULTS is not set.');
  const timersBefore = countTimers();
  const extension = vscode.extensions.getExtension<PreflightApi>('ml-preflight.ml-preflight');
  if (extension === undefined) throw new Error('The extension is missing.');
  const api = extension.isActive ? extension.exports : await extension.activate();
  const firstContent = await api.firstContent;
  await vscode.commands.executeCommand('mlPreflight.pipeline.focus');
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const sample: ActivationSample = {
    firstContent,
    children: ownChildren(),
    timersBefore,
    timersIdle: countTimers(),
  };
  appendFileSync(file, `${JSON.stringify(sample)}\n`);
}

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

/** Command lines of the host's children that run something of this extension or git. */
function ownChildren(): readonly string[] {
  const mentions = ['cli.js', 'engine.js', 'cat-file', 'git '];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return parent === String(process.pid) && mentions.some((word) => command.includes(word))
          ? [command]
          : [];
      } catch {
        return [];
      }
    });
}
