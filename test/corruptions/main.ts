import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENGINE } from '../unit/data/dataFixtures';
import { formatOutcomes } from './formatOutcomes';
import { judgeCorruptions, type TableOutcome } from './judgeCorruptions';
import { KINDS } from './kinds';
import { TABLES } from './tables';

/** `npm run corruptions` writes media/docs/corruptions.md; with `--show`, what was missed or found besides as well. */
async function main(words: readonly string[]): Promise<void> {
  const names = words.filter((word) => !word.startsWith('--'));
  const chosen = TABLES.filter(({ name }) => names.length === 0 || names.includes(name));
  const outcomes: TableOutcome[] = [];
  for (const table of chosen) {
    console.error(`corruptions: ${table.name}`);
    outcomes.push(await judgeCorruptions(table, Object.values(KINDS).flat(), ENGINE));
  }
  if (words.includes('--show')) outcomes.forEach(show);
  if (names.length > 0) return;
  const file = join(__dirname, '../../media/docs/corruptions.md');
  await writeFile(file, formatOutcomes(KINDS, TABLES, outcomes));
}

function show({ name, clean, outcomes }: TableOutcome): void {
  for (const { rule, message } of clean) console.log(`${name}, clean: ${rule}: ${message}`);
  for (const { kind, caught, extra, found } of outcomes) {
    if (caught === false) console.log(`${name}, ${kind.name}: MISSED, found ${found.join('; ')}`);
    for (const { rule, message } of extra)
      console.log(`${name}, ${kind.name}: extra ${rule}: ${message}`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
