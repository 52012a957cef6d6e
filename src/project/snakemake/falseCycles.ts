/**
 * How surely one rule reads from another, from the weakest: their patterns fit; the text is the same, wildcards and
 * all, or the rule is named; jobs show it; the very same file is named.
 */
export type NeedStrength = 'fits' | 'named' | 'job' | 'file';

/** The rules that a rule reads from, by what is known of it. */
export type RuleNeeds = ReadonlyMap<string, ReadonlyMap<string, NeedStrength>>;

/**
 * The needs that put the rules in an order. Rules can need each other where their jobs do not: `{name}.bcf` fits what
 * is made of it, and `a.2` may be made of `b.1`, which is made of `a.1`. Needs that close such a circle are left
 * out, the least sure first; a circle of files that are named in full is Snakemake's to refuse, and stays.
 */
export function withoutFalseCycles(needs: RuleNeeds): RuleNeeds {
  const kept = new Map([...needs].map(([rule, own]) => [rule, new Map(own)]));
  const position = new Map([...needs.keys()].map((rule, at) => [rule, at]));
  for (const strength of ['fits', 'named', 'job'] as const) {
    const circular = edgesInCircles(kept).filter(([, , own]) => own === strength);
    const goesBack = (rule: string, needed: string): boolean =>
      (position.get(needed) ?? 0) > (position.get(rule) ?? 0);
    for (const [rule, needed] of circular) {
      if (strength !== 'job' || goesBack(rule, needed)) kept.get(rule)?.delete(needed);
    }
  }
  return kept;
}

function edgesInCircles(needs: RuleNeeds): readonly (readonly [string, string, NeedStrength])[] {
  const left = peel(needs);
  const edges = [...left].flatMap((rule) =>
    [...(needs.get(rule) ?? [])].flatMap(([needed, strength]) =>
      left.has(needed) ? [[rule, needed, strength] as const] : [],
    ),
  );
  return edges.filter(([rule, needed]) => reaches(needed, rule, needs, left));
}

/** The rules that are left when those that need nothing of the rest are taken away, again and again. */
function peel(needs: RuleNeeds): ReadonlySet<string> {
  const left = new Set(needs.keys());
  const users = new Map<string, string[]>([...left].map((rule) => [rule, []]));
  const open = new Map<string, number>();
  for (const [rule, own] of needs) {
    const known = [...own.keys()].filter((needed) => left.has(needed));
    open.set(rule, known.length);
    for (const needed of known) users.get(needed)?.push(rule);
  }
  const free = [...left].filter((rule) => open.get(rule) === 0);
  for (let rule = free.pop(); rule !== undefined; rule = free.pop()) {
    left.delete(rule);
    for (const user of users.get(rule) ?? []) {
      const count = (open.get(user) ?? 0) - 1;
      open.set(user, count);
      if (count === 0) free.push(user);
    }
  }
  return left;
}

function reaches(from: string, to: string, needs: RuleNeeds, within: ReadonlySet<string>): boolean {
  const reached = new Set([from]);
  for (const rule of reached) {
    if (rule === to) return true;
    for (const needed of needs.get(rule)?.keys() ?? []) {
      if (within.has(needed)) reached.add(needed);
    }
  }
  return false;
}
