import type { Finding } from '../../finding';
import type { FileFacts } from '../../profile/profile';
import { allowRule } from '../../schema/schemaEdit';
import { acceptingDataset, listValues, type Check, type CheckContext } from '../check';

const RULE = 'dialect-changed';

interface Change {
  readonly what: string;
  readonly before: string;
  readonly now: string;
  /** Whether a reader that was set up for the old way fails or reads something else. */
  readonly grave: boolean;
}

/**
 * A CSV file is written in another way than before: its delimiter, quotes, encoding, byte order mark or line endings. A
 * warning, for scripts name the delimiter and the encoding; only said where just the line endings changed.
 */
export const dialectChanged: Check = { rule: RULE, find };

function find({ dataset, current, reference }: CheckContext): readonly Finding[] {
  if (current.files === undefined || reference?.files === undefined) return [];
  const changes = changesOf(current.files, reference.files);
  if (changes.length === 0) return [];
  const told = changes.map(({ what, before, now }) => `${what} is ${now}, not ${before}`);
  return [
    {
      rule: RULE,
      severity: changes.some(({ grave }) => grave) ? 'warning' : 'info',
      dataset: dataset.name,
      message: `The file is written in another way than before: ${listValues(told, 5)}.`,
      observed: changes.map(({ what, now }) => `${what}: ${now}`).join('; '),
      expected: changes.map(({ what, before }) => `${what}: ${before}`).join('; '),
      effect: { value: changes.length, unit: 'count', threshold: 0 },
      samples: [],
      fix: acceptingDataset(RULE, 'Do not look at how the file is written', allowRule(RULE)),
    },
  ];
}

function changesOf(now: FileFacts, before: FileFacts): readonly Change[] {
  const all: readonly Change[] = [
    change('the delimiter', nameCharacter(before.delimiter), nameCharacter(now.delimiter), true),
    // Without any quoted field nothing is known of the quotes.
    change(
      'the quote',
      nameCharacter(before.quote ?? now.quote ?? ''),
      nameCharacter(now.quote ?? before.quote ?? ''),
      true,
    ),
    change('the encoding', before.encoding, now.encoding, true),
    change('the byte order mark', nameMark(before), nameMark(now), true),
    change('the line ending', nameEnding(before), nameEnding(now), false),
  ];
  return all.filter((each) => each.before !== each.now);
}

function change(what: string, before: string, now: string, grave: boolean): Change {
  return { what, before, now, grave };
}

function nameCharacter(character: string): string {
  return character === '\t' ? 'a tab' : character === ' ' ? 'a space' : `"${character}"`;
}

function nameMark({ bom }: FileFacts): string {
  return bom ? 'there' : 'absent';
}

function nameEnding({ lineEnding }: FileFacts): string {
  return lineEnding === 'mixed' ? 'mixed' : lineEnding.toUpperCase();
}
