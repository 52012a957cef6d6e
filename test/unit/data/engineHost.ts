import { DataEngine } from '../../../src/data/engine/engineProcess';
import { ENGINE } from './dataFixtures';

/** A host for tests to kill: profiles the Parquet file it is given, and prints the engine's process id meanwhile. */
const [path = ''] = process.argv.slice(2);
const engine = DataEngine.start(ENGINE);
void engine.ask(
  { type: 'measure', dataset: 'killed', parts: [[{ path, shown: path }]], format: 'parquet' },
  { onProgress: () => process.stdout.write(`${engine.pid}\n`) },
);
