/**
 * How surely one rule reads from another, from the weakest: their patterns fit; the text is the same, wildcards and
 * all, or the rule is named; jobs show it; the very same file is named.
 */
const STRENGTHS = ['fits', 'named', 'job', 'file'] as const;
export type NeedStrength = (typeof STRENGTHS)[number];

/** The rules that a rule reads from, by what is known of it. */
export type RuleNeeds = ReadonlyMap<string, ReadonlyMap<string, NeedStrength>>;

/** Notes a need, as surely as the surest that is known of it. */
export function addNeed(
  needs: Map<string, NeedStrength>,
  needed: string,
  strength: NeedStrength,
): void {
  const known = needs.get(needed);
  if (known === undefined || STRENGTHS.indexOf(known) < STRENGTHS.indexOf(strength))
    needs.set(needed, strength);
}

/** A rule, everything that it needs, and what that needs in turn. */
export function reachedFrom(rule: string, needs: RuleNeeds): ReadonlySet<string> {
  const reached = new Set([rule]);
  for (const name of reached)
    for (const needed of needs.get(name)?.keys() ?? []) reached.add(needed);
  return reached;
}

/**
 * The needs that put the rules in an order. Rules can need each other where their jobs do not: `{name}.bcf` fits what
 * is made of it, and `a.2` may be made of `b.1`, which is made of `a.1`. Needs that close such a circle are left
 * out, the least sure first; a circle of files that are named in full is Snakemake's to refuse, and stays.
 */
export function withoutFalseCycles(needs: RuleNeeds): RuleNeeds {
  const kept = new Map([...needs].map(([rule, own]) => [rule, new Map(own)]));
  const position = new Map([...needs.keys()].map((rule, at) => [rule, at]));
  const goesBack = (rule: string, needed: string): boolean =>
    (position.get(needed) ?? 0) > (position.get(rule) ?? 0);
  for (const least of STRENGTHS.filter((each) => each !== 'file')) {
    for (const [rule, needed, strength] of edgesInCircles(kept)) {
      if (strength !== least) continue;
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
  return edges.filter(([rule, needed]) => reachedFrom(needed, needs).has(rule));
}

/** The rules that are left when those that need nothing of the rest are taken away, again and again. */
function peel(needs: RuleNeeds): ReadonlySet<string> {
  const left = new Set(needs.keys());
  const users = new Map<string, string[]>([...left].map((rule) => [rule, []]));
  const open = new Map<string, number>();
  for (const [rule, own] of needs) {
    const known = [...own.keys()].filter((needed) => needs.has(needed));
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
