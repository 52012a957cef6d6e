import { appendToLedger } from '../../../src/pipeline/ledger/ledgerFile';

/** For a test: writes 150 runs of stages named after its second argument into the ledger in the folder of its first. */
const [folder = '', name = ''] = process.argv.slice(2);

async function write(): Promise<void> {
  for (let number = 0; number < 150; number++) {
    const of = { run: 'r', stage: `${name}${number}`, time: 1 };
    const inputs = { command: 'true', dependencies: {}, parameters: {} };
    const process = { pid: null, processStart: null, command: 'true', cwd: folder, log: 'a.log' };
    await appendToLedger(folder, { event: 'started', ...of, ...process, inputs });
    // An entry that compacting makes much smaller.
    const outputs = { out: 'x'.repeat(2000) };
    const end = { status: 'failed', exitCode: 1, seconds: 1, outputs } as const;
    await appendToLedger(folder, { event: 'finished', ...of, ...end });
    await appendToLedger(folder, { event: 'finished', ...of, ...end, status: 'succeeded' });
  }
}

void write();
