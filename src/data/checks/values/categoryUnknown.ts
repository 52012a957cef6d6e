import { formatCount, formatNumber, formatShare } from '../../../base/format';
import type { Finding } from '../../finding';
import { LISTED_CATEGORIES, valueCount, type CategoryCount } from '../../profile/profile';
import { columnPath, type SchemaEdit } from '../../schema/schemaEdit';
import {
  accepting,
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  type Check,
  type CheckContext,
} from '../check';

const RULE = 'category-unknown';

/** Values outside a closed domain: an error once somebody has confirmed the domain by committing it. */
export const categoryUnknown: Check = { rule: RULE, find };

function find(context: CheckContext): readonly Finding[] {
  return knownColumns(context).flatMap(({ name, current, schema }): Finding[] => {
    if (schema.values === undefined || current.categories === undefined) return [];
    const domain = new Set(schema.values);
    const values = valueCount(context.current, current);
    const known = current.categories.filter(({ value }) => domain.has(value));
    const outside = values - known.reduce((sum, { count }) => sum + count, 0);
    if (outside <= 0) return [];
    const unknown = current.categories.filter(({ value }) => !domain.has(value));
    const named = unknown.map(
      ({ value, count }) => `${quote(value)} (${formatCount(count, 'row')})`,
    );
    return [
      {
        rule: RULE,
        severity: context.confirmed ? 'error' : 'warning',
        dataset: context.dataset.name,
        column: name,
        message: `${quote(name)} has values outside its domain: ${listValues(named)}.`,
        observed: `${formatShare(outside / values)} outside (${formatNumber(outside)} of ${formatNumber(values)})`,
        expected: listValues(schema.values.map(quote), 10),
        effect: { value: outside / values, unit: 'share', threshold: 0 },
        samples: unknown.slice(0, MOST_SAMPLES).map(({ value }) => value),
        fix: accepting(RULE, name, titleOf(name, unknown), editOf(name, unknown)),
        where: { kind: 'values', column: name, values: schema.values, not: true },
      },
    ];
  });
}

/** What has so many new values is no closed domain. */
function editOf(name: string, unknown: readonly CategoryCount[]): SchemaEdit {
  const path = columnPath(name, 'values');
  if (unknown.length >= LISTED_CATEGORIES) return { action: 'remove', path };
  return { action: 'append', path, values: unknown.map(({ value }) => value) };
}

function titleOf(name: string, unknown: readonly CategoryCount[]): string {
  if (unknown.length >= LISTED_CATEGORIES) return `Open the domain of ${quote(name)}`;
  const values = listValues(unknown.map(({ value }) => quote(value)));
  return `Add ${values} to the domain of ${quote(name)}`;
}
