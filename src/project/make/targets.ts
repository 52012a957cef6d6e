import type { Makefile, MakeRule } from './readMakefile';
import { matchStem } from './makeFunctions';

/** Everything that a makefile says of one target. */
export interface MakeTarget {
  readonly name: string;
  readonly isPhony: boolean;
  readonly prerequisites: readonly string[];
  readonly orderOnly: readonly string[];
  /** The rule with the recipe; undefined for a target that only has prerequisites. */
  readonly recipeRule: MakeRule | undefined;
  /** What `%` stands for in the recipe. */
  readonly stem: string;
  /** All targets that one run of the recipe makes. */
  readonly together: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** Targets that pattern rules make are followed from prerequisite to prerequisite, but not without end. */
const MOST_IMPLICIT = 2000;

/**
 * The targets of a makefile in the order in which it names them: those that it names itself, and those that its pattern
 * rules make of what these need (GNU make manual, 10.5: a pattern rule applies where its prerequisites exist or can be made).
 * @param exists whether a file, relative to the makefile's folder, is there
 */
export function findTargets(
  makefile: Makefile,
  exists: (path: string) => boolean,
): ReadonlyMap<string, MakeTarget> {
  const { rules, phony } = makefile;
  const rulesOf = new Map<string, MakeRule[]>();
  for (const rule of rules) {
    for (const name of rule.targets) {
      if (isSpecial(name) || name.includes('%')) continue;
      const known = rulesOf.get(name);
      if (known === undefined) rulesOf.set(name, [rule]);
      else known.push(rule);
    }
  }
  const targets = new Map(
    [...rulesOf].map(([name, own]) => [name, targetOf(name, own, phony.has(name))]),
  );
  const patterns = rules.filter(
    (rule) => rule.recipe.length > 0 && rule.targets.every((name) => name.includes('%')),
  );
  if (patterns.length > 0) addImplicit(targets, rulesOf, patterns, exists);
  return targets;
}

/** `.PHONY` and its like; `.cache/x` is a file. */
function isSpecial(name: string): boolean {
  return /^\.[A-Z_]+$/.test(name) || /^\.\w+(?:\.\w+)?$/.test(name);
}

/** Several rules may have prerequisites for a target, and the last of those with a recipe makes it. */
function targetOf(name: string, rules: readonly MakeRule[], isPhony: boolean): MakeTarget {
  const recipeRule = rules.findLast(({ recipe }) => recipe.length > 0);
  // `$<` is the first prerequisite of the rule with the recipe.
  const ordered = recipeRule === undefined ? rules : [recipeRule, ...rules];
  const place = recipeRule ?? rules[0];
  return {
    name,
    isPhony,
    prerequisites: [...new Set(ordered.flatMap((rule) => rule.prerequisites))],
    orderOnly: [...new Set(ordered.flatMap((rule) => rule.orderOnly))],
    recipeRule,
    stem: recipeRule?.stem ?? '',
    together: recipeRule?.isGrouped === true ? recipeRule.targets : [name],
    file: place?.file ?? '',
    line: place?.line ?? 1,
  };
}

function addImplicit(
  targets: Map<string, MakeTarget>,
  rulesOf: ReadonlyMap<string, readonly MakeRule[]>,
  patterns: readonly MakeRule[],
  exists: (path: string) => boolean,
): void {
  const wanted = [...targets.values()].flatMap(({ name, isPhony, recipeRule, prerequisites }) =>
    recipeRule === undefined && !isPhony ? [name, ...prerequisites] : prerequisites,
  );
  const seen = new Set<string>();
  const canBeMade = (name: string, depth: number): boolean =>
    exists(name) ||
    targets.has(name) ||
    (depth < 4 && find(name, patterns, (other) => canBeMade(other, depth + 1)) !== undefined);
  for (let at = 0; at < wanted.length && seen.size < MOST_IMPLICIT; at += 1) {
    const name = wanted[at] ?? '';
    if (seen.has(name) || targets.get(name)?.recipeRule !== undefined) continue;
    seen.add(name);
    const found = find(name, patterns, (other) => canBeMade(other, 0));
    if (found === undefined) continue;
    targets.set(name, targetOf(name, [...(rulesOf.get(name) ?? []), found], false));
    wanted.push(...found.prerequisites);
  }
}

/** The pattern rule that makes a target: of several, the one with the shortest stem. */
function find(
  name: string,
  patterns: readonly MakeRule[],
  canBeMade: (name: string) => boolean,
): MakeRule | undefined {
  const found = patterns.flatMap((rule) => {
    const stems = rule.targets.flatMap((pattern) => matchStem(name, pattern) ?? []);
    const [stem] = stems;
    if (stem === undefined || stem === '') return [];
    const fill = (text: string): string => text.replace('%', stem);
    const prerequisites = rule.prerequisites.map(fill);
    if (prerequisites.includes(name) || !prerequisites.every(canBeMade)) return [];
    const filled = { ...rule, stem, prerequisites, orderOnly: rule.orderOnly.map(fill) };
    // A pattern rule with several targets makes them all at once.
    return [{ ...filled, targets: rule.targets.map(fill), isGrouped: rule.targets.length > 1 }];
  });
  return found.sort((a, b) => a.stem.length - b.stem.length)[0];
}

/** The targets that are made for a goal, with it. */
export function closureOf(
  goal: string,
  targets: ReadonlyMap<string, MakeTarget>,
): ReadonlySet<string> {
  const reached = new Set([goal]);
  for (const name of reached) {
    const target = targets.get(name);
    for (const other of [...(target?.prerequisites ?? []), ...(target?.orderOnly ?? [])]) {
      if (targets.has(other)) reached.add(other);
    }
  }
  return reached;
}
