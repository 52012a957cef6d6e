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

/** @throws the file system's error; a gate that cannot write it has still judged. */
export async function writeLastGate(stateFolder: string, gate: LastGate): Promise<void> {
  await writeFileAtomically(join(stateFolder, LAST_GATE_FILE), `${JSON.stringify(gate)}\n`);
}

/** Undefined where there was no check yet, or the file is not one of ours. */
export async function readLastGate(stateFolder: string): Promise<LastGate | undefined> {
  try {
    const gate = JSON.parse(
      await readFile(join(stateFolder, LAST_GATE_FILE), 'utf8'),
    ) as Partial<LastGate> | null;
    const isGate =
      typeof gate?.headline === 'string' &&
      typeof gate.time === 'number' &&
      typeof gate.folder === 'string' &&
      Array.isArray(gate.reasons);
    return isGate ? (gate as LastGate) : undefined;
  } catch {
    return undefined;
  }
}
