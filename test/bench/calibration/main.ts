import { writeFileSync } from 'node:fs';
import { inRepository } from '../../harness/repository';
import { say } from '../../harness/say';
import { CHANGES } from './changes';
import { addAlarms, formatPage, type Calibration } from './page';
import { addAlarms as addPeerAlarms, askPeers, PEER_KINDS, type PeerCase } from './peers';
import { simulateRowChanges, simulateRows } from './simulateRows';
import { simulateChange, simulateNull, SIZES } from './simulate';

/** 10,000 pairs of tables over all sizes. */
const TABLES = 400;
/** Columns of each change. */
const COLUMNS = 5000;
/** Tables of rows of each kind and pair of sizes, and of each change. */
const ROW_TABLES = 400;
const CHANGED_ROW_TABLES = 200;
/** A second for each kind and pair of sizes; of large samples, no more than one column is judged in it. */
const PEER_SECONDS = 1;
const PEER_COLUMNS = 100;
const LARGE = 1_000_000;

/**
 * `npm run calibration` simulates tables without a change and columns with one, asks the peers about the same, and
 * writes media/docs/drift-calibration.md. Exit code 1 where a promised bound is broken. Takes about ten minutes.
 */
async function main(): Promise<void> {
  const started = performance.now();
  const cells = sizePairs().map(([n, m]) => {
    say(`drift without a change: ${n} against ${m} rows`);
    return simulateNull(n, m, TABLES);
  });
  const changes = CHANGES.map((change) => {
    say(`${change.name}: ${change.n} against ${change.m} rows`);
    return { change, ours: simulateChange(change.drawPair, { ...change, columns: COLUMNS }) };
  });
  say('columns together');
  const rows = simulateRows(ROW_TABLES);
  const rowChanges = simulateRowChanges(CHANGED_ROW_TABLES);
  say('Evidently and Great Expectations on the same: about five minutes');
  const { peers, changed } = await askAboutAll();
  const calibration: Calibration = {
    cells,
    peers,
    changes: changes.map((each) => {
      const peer = changed.get(CHANGES.indexOf(each.change));
      return peer === undefined ? each : { ...each, peer };
    }),
    rows,
    rowChanges,
    minutes: (performance.now() - started) / 60_000,
  };
  writeFileSync(inRepository('media', 'docs', 'drift-calibration.md'), formatPage(calibration));
  if (!areBoundsMet(calibration)) {
    say('a bound is broken');
    process.exitCode = 1;
  }
}

function sizePairs(): readonly (readonly [n: number, m: number])[] {
  return SIZES.flatMap((n) => SIZES.map((m) => [n, m] as const));
}

async function askAboutAll() {
  const asked = sizePairs().filter(
    ([n, m]) => Math.max(n, m) < LARGE || (n === LARGE && m === LARGE),
  );
  const limits = { columns: PEER_COLUMNS, seconds: PEER_SECONDS };
  const unchanged = asked.flatMap(([n, m]) =>
    PEER_KINDS.map((kind): PeerCase => ({ kind, n, m, shift: 0, ...limits })),
  );
  const changes = CHANGES.flatMap(({ peer, n, m }, at) =>
    peer === undefined ? [] : [{ at, peerCase: { ...peer, n, m, ...limits, seconds: 5 } }],
  );
  const answers = await askPeers([...unchanged, ...changes.map(({ peerCase }) => peerCase)]);
  const peers = new Map(
    asked.map(([n, m], at) => {
      const first = at * PEER_KINDS.length;
      return [`${n}/${m}`, addPeerAlarms(answers.slice(first, first + PEER_KINDS.length))] as const;
    }),
  );
  const changed = new Map(
    changes.flatMap(({ at }, index) => {
      const answer = answers[unchanged.length + index];
      return answer === undefined ? [] : [[at, answer] as const];
    }),
  );
  return { peers, changed };
}

/** At most one table of a thousand fails, and two columns of a hundred warn; no power is less than the two-tier rule's. */
function areBoundsMet({ cells, changes, rows }: Calibration): boolean {
  const together = addAlarms(rows.flatMap((each) => [each.correlations, each.cells]));
  const tables = addAlarms(cells.map((cell) => cell.tables));
  const columns = addAlarms(cells.flatMap((cell) => cell.kinds));
  return (
    tables.fails <= 0.001 * tables.of &&
    together.fails <= 0.001 * together.of &&
    together.warns <= 0.02 * together.of &&
    columns.warns <= 0.02 * columns.of &&
    changes.every(({ change: { twoTier }, ours }) => {
      const [fails, found] = twoTier ?? [0, 0];
      // What is too small to matter is no finding at all.
      if (twoTier !== undefined && found === 0) return ours.fails + ours.warns === 0;
      // The published figures have two digits.
      return (
        ours.fails / ours.of >= fails - 0.01 && (ours.fails + ours.warns) / ours.of >= found - 0.01
      );
    })
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
