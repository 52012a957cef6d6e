import { formatNumber } from '../../src/base/format';
import { buildProduct } from '../harness/build';
import { benchActivation } from './activation';
import { meetsTarget, type BenchRow } from './benchRow';
import { benchDetect } from './detect';
import { benchDvcStatus } from './dvcStatus';
import { benchGate } from './gateCheck';
import { benchGraph } from './graphLayout';
import { benchLargeCsv } from './largeCsv';
import { benchMillion } from './millionRows';
import { benchModels } from './modelsHistory';
import { benchPipeline } from './pipelineRun';
import { benchProfile } from './profileFlights';
import { benchQuickCheck } from './quickCheck';
import { benchSavedFile } from './savedFile';

/** Every benchmark, each side by side with what a user would use instead; `npm run bench -- profile gate` runs some. */
const BENCHMARKS: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  activation: benchActivation,
  gate: benchGate,
  profile: benchProfile,
  million: benchMillion,
  csv: benchLargeCsv,
  quick: benchQuickCheck,
  detect: benchDetect,
  saved: benchSavedFile,
  status: benchDvcStatus,
  pipeline: benchPipeline,
  models: benchModels,
  graph: benchGraph,
};

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0)
    throw new Error(
      `No benchmark is called ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.`,
    );
  await buildProduct();
  let missed = 0;
  for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n${name}`);
    for (const row of await benchmark()) {
      console.log(`  ${formatRow(row)}`);
      if (meetsTarget(row) === false) missed++;
    }
  }
  if (missed > 0) console.log(`\n${missed} figures miss their target`);
}

function formatRow(row: BenchRow): string {
  const against = row.ratioTo === undefined ? '' : ` of ${row.ratioTo}`;
  const target =
    row.limit === undefined
      ? ''
      : ` (target: at ${row.atLeast === true ? 'least' : 'most'} ${row.limit} ${row.unit})`;
  const word = { true: 'met', false: 'MISSED', undefined: '' }[String(meetsTarget(row)) as 'true'];
  return `${row.name}: ${formatNumber(row.value)} ${row.unit}${against}${target} ${word}`.trimEnd();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
