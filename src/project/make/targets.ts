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
  /** False for `;` alone as well: make has nothing to do then, and takes the target for up to date. */
  readonly hasRecipe: boolean;
  /** No file, but a name for what it needs: phony, or there is neither a recipe nor a file of that name. */
  readonly isName: boolean;
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
  const own = rules.filter(({ targets: names }) => names.includes('.SUFFIXES'));
  const suffixes = new Set([...SUFFIXES, ...own.flatMap(({ prerequisites }) => prerequisites)]);
  for (const rule of rules) {
    for (const name of rule.targets) {
      if (isSpecial(name, suffixes) || name.includes('%')) continue;
      const known = rulesOf.get(name);
      if (known === undefined) rulesOf.set(name, [rule]);
      else known.push(rule);
    }
  }
  const targets = new Map(
    [...rulesOf].map(([name, own]) => [name, targetOf(name, own, phony.has(name), exists)]),
  );
  const patterns = rules.filter(
    (rule) => rule.recipe.length > 0 && rule.targets.every((name) => name.includes('%')),
  );
  if (patterns.length > 0) addImplicit(targets, rulesOf, patterns, exists);
  return targets;
}

/** Known to make from the start (GNU make manual, 10.7). */
const SUFFIXES =
  '.out .a .ln .o .c .cc .C .cpp .p .f .F .m .r .y .l .ym .yl .s .S .mod .sym .def .h .info .dvi .tex .texinfo .texi .txinfo .w .ch .web .sh .elc .el'.split(
    ' ',
  );

/** `.PHONY` and its like, and suffix rules: `.c.o`. `.env` and `.cache/x` are files. */
function isSpecial(name: string, suffixes: ReadonlySet<string>): boolean {
  const [, first, second] = /^(\.\w+)(\.\w+)?$/.exec(name) ?? [];
  const isSuffixRule =
    first !== undefined && suffixes.has(first) && (second === undefined || suffixes.has(second));
  return /^\.[A-Z_]+$/.test(name) || isSuffixRule;
}

/** Several rules may have prerequisites for a target, and the last of those with a recipe makes it. */
function targetOf(
  name: string,
  rules: readonly MakeRule[],
  isPhony: boolean,
  exists: (path: string) => boolean,
): MakeTarget {
  const recipeRule = rules.findLast(({ recipe }) => recipe.length > 0);
  // `$<` is the first prerequisite of the rule with the recipe.
  const ordered = recipeRule === undefined ? rules : [recipeRule, ...rules];
  const place = recipeRule ?? rules[0];
  const hasRecipe = recipeRule?.recipe.some((line) => line.trim() !== '') === true;
  return {
    name,
    isPhony,
    // Make drops what would need itself.
    prerequisites: [...new Set(ordered.flatMap((rule) => rule.prerequisites))].filter(
      (one) => one !== name,
    ),
    orderOnly: [...new Set(ordered.flatMap((rule) => rule.orderOnly))],
    recipeRule,
    hasRecipe,
    isName: isPhony || (!hasRecipe && !exists(name)),
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
    targets.set(name, targetOf(name, [...(rulesOf.get(name) ?? []), found], false, exists));
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
