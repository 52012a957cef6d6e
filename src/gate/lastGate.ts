import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../base/atomicWrite';
import type { CheckReport } from './checkReport';

/**
 * The last check of what was staged, wherever it was started: an editor that did not start the commit itself learns from
 * this file that it was refused, and why.
 */
export interface LastGate extends CheckReport {
  /** Milliseconds since the epoch, when the check ended. */
  readonly time: number;
  /** The commit that the change would have followed; null before the first one. */
  readonly head: string | null;
  /** Whether git started the check as a hook: then a verdict that blocks has refused a commit. */
  readonly hook: boolean;
  /** The folder that was checked, absolute: the paths of the report are relative to it. */
  readonly folder: string;
}

export const LAST_GATE_FILE = 'last-gate.json';

/** Best effort: a gate that cannot write its record has still judged. */
export async function writeLastGate(
  stateFolders: readonly string[],
  gate: LastGate,
): Promise<void> {
  const text = `${JSON.stringify(gate)}\n`;
  await Promise.all(
    stateFolders.map((folder) =>
      writeFileAtomically(join(folder, LAST_GATE_FILE), text).catch(() => undefined),
    ),
  );
}

/** Undefined where there was no check yet, or the file is not one of ours. */
export async function readLastGate(stateFolder: string): Promise<LastGate | undefined> {
  try {
    const text = await readFile(join(stateFolder, LAST_GATE_FILE), 'utf8');
    const gate = JSON.parse(text) as Partial<LastGate> | undefined;
    const isGate =
      isReport(gate) && typeof gate.time === 'number' && typeof gate.folder === 'string';
    return isGate ? gate : undefined;
  } catch {
    return undefined;
  }
}

/** Enough to tell a report of this version from anything else that a file may hold. */
export function isReport<T extends CheckReport>(value: Partial<T> | undefined): value is T {
  return (
    typeof value?.headline === 'string' &&
    typeof value.blocks === 'boolean' &&
    [value.reasons, value.findings, value.comparisons, value.datasets, value.judged].every((list) =>
      Array.isArray(list),
    )
  );
}
