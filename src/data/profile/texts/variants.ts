import { compareCodeUnits } from '../../../base/canonicalJson';
import { byFrequency } from '../mergeMeasures';
import type { CategoryCount } from '../profile';

const MOST_GROUPS = 20;
const LARGEST_GROUP = 10;

/** Values that are the same but for case, white space, accents and punctuation: groups by frequency, at most 20. */
export function findVariants(
  values: readonly CategoryCount[],
): readonly (readonly CategoryCount[])[] {
  const groups = new Map<string, CategoryCount[]>();
  for (const each of values) {
    const base = baseForm(each.value);
    if (base === '') continue;
    const group = groups.get(base);
    if (group === undefined) groups.set(base, [each]);
    else group.push(each);
  }
  const rowsOf = (group: readonly CategoryCount[]): number =>
    group.reduce((sum, { count }) => sum + count, 0);
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .sort(([a, x], [b, y]) => rowsOf(y) - rowsOf(x) || compareCodeUnits(a, b))
    .slice(0, MOST_GROUPS)
    .map(([, group]) => group.sort(byFrequency).slice(0, LARGEST_GROUP));
}

/** Numbers are left as they are: `1.5` and `15` are no variants, nor `-1` and `1`. */
function baseForm(text: string): string {
  if (!/\p{L}/u.test(text)) return text.trim();
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_\-.,'"’]+/gu, '');
}
