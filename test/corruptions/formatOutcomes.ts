import type { Corruption } from './corruption';
import type { TableOutcome } from './judgeCorruptions';
import type { RealTable } from './tables';

/** The table of all corruptions, for media/docs. */
export function formatOutcomes(
  kinds: Readonly<Record<string, readonly Corruption[]>>,
  tables: readonly RealTable[],
  outcomes: readonly TableOutcome[],
): string {
  const all = outcomes
    .flatMap((each) => each.outcomes)
    .filter(({ caught }) => caught !== undefined);
  const caught = all.filter((each) => each.caught === true).length;
  const extra = all.filter((each) => each.extra.length > 0).length;
  const clean = outcomes.reduce((sum, each) => sum + each.clean.length, 0);
  const count = Object.values(kinds).flat().length;
  return [
    '# Corruptions',
    '',
    `Written by \`npm run corruptions\`: ${count} kinds of corruption are tried on five real tables. Each table is divided into`,
    'training data (80 %) and test data at random, and has a committed schema and baseline; the schema is the inferred one, with',
    'wide bounds for a number, a pattern, the order of the columns, a relation, a rule, a reference and the age of the newest row. One corruption is made at',
    'a time, and must be found by the rule that is meant for it, as a warning or an error at its column.',
    '',
    'What a corruption brings with it by its nature, such as a relation that no longer holds once a column is missing, is named beside',
    'each kind in `test/corruptions/kinds` (`also`) and is no extra finding. The kinds were written by those who wrote the rules, and',
    'labels, what belongs to a kind, and rules were corrected by what was missed here: this holds the rules to what they find, and foretells nothing of other data.',
    '',
    ...tables.map(({ name, source }) => `- **${name}**: ${source}`),
    '',
    `**Caught: ${caught} of ${all.length} (${percent(caught, all.length)}).** With findings above \`info\` that do not belong to it: ${extra} of ${all.length}`,
    `(${percent(extra, all.length)}). The clean tables: ${clean === 0 ? 'no finding' : `${clean} findings`} above \`info\`.`,
    '',
    '✓ caught, ✗ missed, + something else was found besides, – does not apply to the table (no dates, no groups).',
    ...Object.entries(kinds).flatMap(([family, own]) => [
      '',
      `## ${family}`,
      '',
      `| corruption | rule | ${outcomes.map(({ name }) => name).join(' | ')} |`,
      `|---|---|${outcomes.map(() => '---').join('|')}|`,
      ...own.map((kind) => row(kind, outcomes)),
    ]),
    '',
  ].join('\n');
}

function row(kind: Corruption, outcomes: readonly TableOutcome[]): string {
  const cells = outcomes.map(({ outcomes: own }) => {
    const outcome = own.find((each) => each.kind === kind);
    if (outcome?.caught === undefined) return '–';
    return `${outcome.caught ? '✓' : '✗'}${outcome.extra.length > 0 ? ' +' : ''}`;
  });
  return `| ${kind.name} | ${kind.expects.map((rule) => `\`${rule}\``).join(', ')} | ${cells.join(' | ')} |`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
