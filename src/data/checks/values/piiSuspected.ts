import { formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import type { PersonalKind, TextProfile } from '../../profile/profile';
import {
  knownColumns,
  listValues,
  quote,
  silencing,
  type Check,
  type CheckContext,
} from '../check';

const RULE = 'pii-suspected';

/** Either is enough: most of a small table, or a few rows of a large one. */
const LEAST_SHARE = 0.05;
const LEAST_ROWS = 10;

const NAMES: Readonly<Record<PersonalKind, string>> = {
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  card: 'numbers of payment cards',
  iban: 'bank accounts (IBAN)',
  ssn: 'social security numbers',
  ip: 'IP addresses',
};

/**
 * Texts look like personal data. A warning, unless the reference holds the same kinds: then it is only said. The finding
 * shows no value, for it ends up in logs and reports.
 */
export const piiSuspected: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, reference }): Finding[] => {
    if (current.text === undefined) return [];
    const kinds = suspected(current.text);
    if (kinds.length === 0) return [];
    const before = new Set(reference?.text?.personal.map(({ kind }) => kind));
    const { rows } = current.text.examined;
    const told = kinds.map(({ kind, count }) => `${NAMES[kind]} (${formatShare(count / rows)})`);
    const most = Math.max(...kinds.map(({ count }) => count));
    return [
      {
        rule: RULE,
        severity: kinds.every(({ kind }) => before.has(kind)) ? 'info' : 'warning',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} seems to hold ${listValues(told, 6)}.`,
        observed: told.join(', '),
        expected: 'no personal data',
        effect: { value: most / rows, unit: 'share', threshold: LEAST_SHARE },
        samples: [],
        fix: silencing(RULE, name),
      },
    ];
  });
}

function suspected({ personal, examined }: TextProfile): TextProfile['personal'] {
  return personal.filter(
    ({ count }) => count > 0 && (count >= LEAST_ROWS || count / examined.rows >= LEAST_SHARE),
  );
}
