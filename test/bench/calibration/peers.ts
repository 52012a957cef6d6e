import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOutput } from '../../harness/childProcess';
import { ensurePeers } from '../../harness/pythonEnvironment';
import { inRepository } from '../../harness/repository';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../harness/temporaryFolder';

export interface PeerCase {
  /** As `peers/calibrate.py` calls it. */
  readonly kind: string;
  readonly n: number;
  readonly m: number;
  readonly shift: number;
  /** At most so many columns and about so many seconds. */
  readonly columns: number;
  readonly seconds: number;
}

/** Counts of columns. */
export interface PeerAlarms {
  readonly columns: number;
  readonly evidently: number;
  /** Great Expectations with a divergence of 0.1, and of 0.5. */
  readonly kl01: number;
  readonly kl05: number;
  /** Columns that Evidently refuses, since one side is empty. */
  readonly errors: number;
}

/** What the real tools say of samples like ours. In the order of the cases. */
export async function askPeers(cases: readonly PeerCase[]): Promise<readonly PeerAlarms[]> {
  const bin = await ensurePeers();
  const folder = makeTemporaryFolder('calibration');
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify(cases));
    const program = inRepository('test', 'bench', 'peers', 'calibrate.py');
    const printed = await readOutput(join(bin, 'python'), [program, file]);
    return JSON.parse(printed.slice(printed.indexOf('[{'))) as readonly PeerAlarms[];
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** The kinds of the grid, as the peers' program draws them. */
export const PEER_KINDS = [
  'normal',
  'lognormal',
  'poisson',
  'steps',
  'mostlyOne',
  'constant',
  'mostlyNull',
  'zipf2',
  'zipf10',
  'zipf50',
  'zipf200',
] as const;

export function addAlarms(alarms: readonly PeerAlarms[]): PeerAlarms {
  const sum = (part: keyof PeerAlarms) => alarms.reduce((all, each) => all + each[part], 0);
  return {
    columns: sum('columns'),
    evidently: sum('evidently'),
    kl01: sum('kl01'),
    kl05: sum('kl05'),
    errors: sum('errors'),
  };
}
