import { stat } from 'node:fs/promises';
import { writeFileAtomically } from '../../base/atomicWrite';
import { LedgerFile, ledgerPath, withLedgerLock, type LedgerEntry } from './ledgerFile';

/** Below this a ledger is left as it is. */
const SMALL_BYTES = 2 ** 20;
/** Runs of each stage that are kept. */
const RUNS_KEPT = 20;
/** Runs that are kept in all, so that stages which are long gone do not add up. */
const ALL_KEPT = 5000;

/**
 * Rewrites a ledger that has grown: the newest runs of each stage stay, and all that the status of stages is read from.
 * @throws the file system's error
 */
export async function compactLedger(stateFolder: string, smallBytes = SMALL_BYTES): Promise<void> {
  const path = ledgerPath(stateFolder);
  const before = await stat(path).catch(() => undefined);
  if (before === undefined || before.size <= smallBytes) return;
  await withLedgerLock(stateFolder, async () => {
    const entries = await new LedgerFile(stateFolder).read();
    const lines = selectEntries(entries).flatMap(({ start, end }) =>
      [start, ...(end === undefined ? [] : [end])].map((event) => `${JSON.stringify(event)}\n`),
    );
    const text = lines.join('');
    // Where everything has to stay, nothing is won by writing it again with every run.
    if (Buffer.byteLength(text) < before.size * 0.8) await writeFileAtomically(path, text);
  });
}

/**
 * What stays, oldest first: of each stage its newest runs, its last success with the stage as it is written, and runs
 * whose end is not recorded; content digests only where the status asks for them.
 */
export function selectEntries(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const seen = new Map<string, { runs: number; hasSuccess: boolean }>();
  const kept: LedgerEntry[] = [];
  for (const entry of entries.toReversed()) {
    const { start, end } = entry;
    const stage = seen.get(start.stage) ?? { runs: 0, hasSuccess: false };
    const isOwn = start.set === undefined;
    const isBaseline = isOwn && end?.status === 'succeeded' && !stage.hasSuccess;
    const isNeeded = isBaseline || end === undefined || stage.runs === 0;
    if (isNeeded || (stage.runs < RUNS_KEPT && kept.length < ALL_KEPT)) {
      kept.push(isNeeded ? entry : withoutDigests(entry));
    }
    seen.set(start.stage, {
      runs: stage.runs + 1,
      hasSuccess: stage.hasSuccess || isBaseline,
    });
  }
  return kept.reverse();
}

/** Of an old run, what people look at: its times, its result, its parameters. */
function withoutDigests({ start, end }: LedgerEntry): LedgerEntry {
  return {
    start: { ...start, inputs: { ...start.inputs, dependencies: {} } },
    end: end === undefined ? undefined : { ...end, outputs: {} },
  };
}
