import type { Problem } from '../../base/problem';
import type { FileIndex } from '../files/fileIndex';
import { matchesGlob } from '../files/globMatch';
import { folderOf, resolvePath } from '../files/paths';
import { Conditions } from './conditions';
import { isUnknown, matchStem } from './makeFunctions';
import { readMakeLines, withoutComment, type MakeLine } from './makeLines';
import { findTop, readStatement, splitWords, type Assignment, type RuleLine } from './makeSyntax';
import { MakeVariables, RecursiveVariable } from './makeVariables';

export interface MakeRule {
  /** As they are written, relative to the folder that make runs in. */
  readonly targets: readonly string[];
  readonly prerequisites: readonly string[];
  /** They only have to be there first. */
  readonly orderOnly: readonly string[];
  /** Lines as they are written, unexpanded. */
  readonly recipe: readonly string[];
  readonly isDouble: boolean;
  readonly isGrouped: boolean;
  /** What `%` stands for, of a static pattern rule. */
  readonly stem?: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What a makefile says, with the files that it includes; nothing of it is run. */
export interface Makefile {
  readonly entry: string;
  /** The folder that make runs in. */
  readonly folder: string;
  readonly rules: readonly MakeRule[];
  readonly phony: ReadonlySet<string>;
  readonly variables: MakeVariables;
  /** Assignments for single targets, by the target. */
  readonly targetVariables: ReadonlyMap<string, readonly Assignment[]>;
  /** Undefined where only running could tell. */
  readonly defaultGoal: string | undefined;
  /** The makefile and what it includes. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a makefile of GNU make. Problems: `make-include-missing`, `make-variable-recursive`, `make-invalid` with file
 * and line; the rest is still read.
 */
export async function readMakefile(entry: string, files: FileIndex): Promise<Makefile> {
  return new MakefileReader(entry, files).read();
}

interface OpenRule extends MakeRule {
  readonly recipe: string[];
}

/** More files than this are not included. */
const MOST_FILES = 200;
/** `$(eval …)` in what it makes, deeper or more often than this, has no end. */
const DEEPEST_EVAL = 20;
const MOST_EVALS = 20_000;

class MakefileReader {
  private readonly folder: string;
  private readonly rules: MakeRule[] = [];
  private readonly phony = new Set<string>();
  private readonly variables: MakeVariables;
  private readonly targetVariables = new Map<string, Assignment[]>();
  private readonly readFiles = new Set<string>();
  private readonly problems: Problem[] = [];
  private conditions: Conditions;
  private current: readonly OpenRule[] = [];
  /** Where the line stands that is being read, for what `$(eval …)` in it makes. */
  private place: { readonly file: string; readonly line: number } | undefined;
  private depthOfEval = 0;
  private evalsLeft = MOST_EVALS;
  private readonly evaluatedIncludes: string[] = [];
  private define:
    | { readonly name: string; readonly lines: string[]; readonly line: number }
    | undefined;

  constructor(
    private readonly entry: string,
    private readonly files: FileIndex,
  ) {
    this.folder = folderOf(entry);
    this.variables = new MakeVariables({
      wildcard: (pattern) => this.wildcard(pattern),
      evaluate: (text) => this.evaluate(text),
    });
    this.conditions = new Conditions(this.variables);
  }

  async read(): Promise<Makefile> {
    await this.readFile(this.entry);
    const { entry, folder, rules, phony, variables, targetVariables, problems } = this;
    return {
      entry,
      folder,
      rules,
      phony,
      variables,
      targetVariables,
      defaultGoal: this.defaultGoal(),
      files: [...this.readFiles],
      problems,
    };
  }

  private async readFile(path: string): Promise<void> {
    if (this.readFiles.has(path) || this.readFiles.size >= MOST_FILES) return;
    this.readFiles.add(path);
    const text = await this.files.readText(path);
    if (!text.ok) {
      this.problems.push(text.problem);
      return;
    }
    // Bytes that no makefile has: nothing in it would make sense.
    if (text.value.includes('\0')) {
      this.problem('make-invalid', 'This is no makefile: it has binary content.', path, 1);
      return;
    }
    const outer = this.conditions;
    this.conditions = new Conditions(this.variables);
    for (const line of readMakeLines(text.value, () => this.recipePrefix())) {
      const included = this.takeLine(line, path);
      for (const file of [...included, ...this.evaluatedIncludes.splice(0)])
        await this.readFile(file);
    }
    this.endFile(path);
    this.conditions = outer;
  }

  private recipePrefix(): string {
    return this.variables.raw('.RECIPEPREFIX')[0] ?? '\t';
  }

  private endFile(path: string): void {
    if (this.define !== undefined) {
      this.problem('make-invalid', '`define` has no `endef`.', path, this.define.line);
    }
    if (this.conditions.isOpen) {
      this.problem('make-invalid', 'A conditional part has no `endif`.', path, undefined);
    }
    this.define = undefined;
    this.current = [];
  }

  /** @returns the files that the line includes */
  private takeLine({ text, line, isRecipe }: MakeLine, file: string): readonly string[] {
    if (this.define !== undefined) {
      this.takeDefined(text, isRecipe);
      return [];
    }
    if (isRecipe && this.current.length > 0) {
      if (this.conditions.isActive) for (const rule of this.current) rule.recipe.push(text);
      return [];
    }
    const plain = withoutComment(text).trim();
    if (plain === '') return [];
    const outer = this.place;
    this.place = { file, line };
    try {
      if (this.conditions.take(plain) || !this.conditions.isActive) return [];
      return this.takeStatement(plain, file, line);
    } catch (error) {
      if (!(error instanceof RecursiveVariable)) throw error;
      const message = `The variable ${error.variable} refers to itself.`;
      this.problem('make-variable-recursive', message, file, line);
      return [];
    } finally {
      this.place = outer;
    }
  }

  /** Lines that `$(eval …)` makes (GNU make manual, 8.10): they stand where it stands, and leave an open rule open. */
  private evaluate(text: string): void {
    const { place, current, conditions } = this;
    // Recipes are only expanded to be shown.
    if (place === undefined || this.evalsLeft === 0) return;
    this.evalsLeft -= 1;
    if (this.depthOfEval >= DEEPEST_EVAL || this.evalsLeft === 0) {
      // Nothing more is made: two in each would double with every level.
      this.evalsLeft = 0;
      const message = '`$(eval …)` makes itself again without end.';
      this.problem('make-variable-recursive', message, place.file, place.line);
      return;
    }
    this.depthOfEval += 1;
    this.current = [];
    this.conditions = new Conditions(this.variables);
    try {
      for (const line of readMakeLines(text, () => this.recipePrefix())) {
        this.evaluatedIncludes.push(...this.takeLine({ ...line, line: place.line }, place.file));
      }
      this.endFile(place.file);
    } finally {
      this.depthOfEval -= 1;
      this.current = current;
      this.conditions = conditions;
    }
  }

  private takeStatement(text: string, file: string, line: number): readonly string[] {
    const [, include, paths = ''] = /^(-?include|sinclude)\s+(.*)$/s.exec(text) ?? [];
    if (include !== undefined) return this.include(paths, include === 'include', file, line);
    const [, name] = /^(?:override\s+)?define\s+([^\s=:?+]+)\s*[:?+]*=?\s*$/.exec(text) ?? [];
    if (name !== undefined) {
      this.define = { name, lines: [], line };
      return [];
    }
    if (/^(?:un)?export\s+[^=]*$|^(?:un)?export$|^vpath\b|^undefine\b|^-?load\b/.test(text))
      return [];
    const statement = readStatement(text);
    if (statement.kind === 'assignment') this.assign(statement.assignment, this.variables);
    else if (statement.kind === 'rule') this.takeRule(statement.rule, file, line);
    else this.takeExpanded(this.variables.expand(text).trim(), file, line);
    return [];
  }

  /** What a line of references alone makes: nothing (`$(info …)`), or a rule. */
  private takeExpanded(text: string, file: string, line: number): void {
    const statement = readStatement(text);
    if (statement.kind === 'rule') this.takeRule(statement.rule, file, line);
    else if (text !== '' && !isUnknown(text)) {
      const message = 'This line is neither a rule nor an assignment (a recipe begins with a tab).';
      this.problem('make-invalid', message, file, line);
    }
  }

  private takeDefined(text: string, isRecipe: boolean): void {
    if (this.define === undefined) return;
    if (/^\s*endef\b/.test(text)) {
      this.variables.set(this.define.name, this.define.lines.join('\n'), true);
      this.define = undefined;
    } else this.define.lines.push(isRecipe ? `${this.recipePrefix()}${text}` : text);
  }

  private assign({ name, operator, value }: Assignment, variables: MakeVariables): void {
    this.current = [];
    const own = variables.expand(name);
    switch (operator) {
      case '=':
        return variables.set(own, value, true);
      case ':=':
        return variables.set(own, variables.expand(value), false);
      case '?=':
        if (!variables.has(own)) variables.set(own, value, true);
        return;
      case '+=':
        return variables.append(own, value);
      case '!=':
        return variables.set(own, `$(shell ${value})`, true);
    }
  }

  private takeRule(rule: RuleLine, file: string, line: number): void {
    const targets = splitWords(this.variables.expand(rule.targets)).map(plainName);
    const own = readStatement(rule.rest.trimStart());
    if (own.kind === 'assignment' && /^[\w.-]+$/.test(own.assignment.name)) {
      for (const target of targets) {
        this.targetVariables.set(target, [
          ...(this.targetVariables.get(target) ?? []),
          own.assignment,
        ]);
      }
      return;
    }
    const rest = this.variables.expand(rule.rest);
    const pattern = findTop(rest, (character) => character === ':');
    const listed = pattern === undefined ? rest : rest.slice(pattern + 1);
    const bar = findTop(listed, (character) => character === '|');
    const normal = this.expandFiles(bar === undefined ? listed : listed.slice(0, bar));
    const orderOnly = bar === undefined ? [] : splitWords(listed.slice(bar + 1)).map(plainName);
    if (targets.includes('.PHONY')) for (const name of normal) this.phony.add(name);
    const base = { isDouble: rule.isDouble, isGrouped: rule.isGrouped, file, line };
    const recipe = rule.recipe === undefined ? [] : [rule.recipe];
    this.current =
      pattern === undefined
        ? [{ ...base, targets, prerequisites: normal, orderOnly, recipe }]
        : staticRules(targets, plainName(rest.slice(0, pattern).trim()), normal).map((one) => ({
            ...base,
            ...one,
            orderOnly,
            recipe: [...recipe],
          }));
    this.rules.push(...this.current);
  }

  /** A name with wildcards means the files that there are; where there are none, it means itself (manual, 4.4). */
  private expandFiles(text: string): readonly string[] {
    return splitWords(text)
      .map(plainName)
      .flatMap((word) => {
        if (!/[*?[]/.test(word) || isUnknown(word)) return [word];
        const found = this.wildcard(word);
        return found.length === 0 ? [word] : found;
      });
  }

  private include(
    written: string,
    isNeeded: boolean,
    file: string,
    line: number,
  ): readonly string[] {
    this.current = [];
    return splitWords(this.variables.expand(written)).flatMap((word) => {
      if (isUnknown(word)) return [];
      const found = /[*?[]/.test(word) ? this.wildcard(word) : [word];
      return found.flatMap((name) => {
        const path = resolvePath(this.folder, name);
        if (path !== undefined && this.files.has(path)) return [path];
        // A rule may make it.
        const isMade = this.rules.some(({ targets }) => targets.includes(name));
        if (isNeeded && !isMade) {
          this.problem('make-include-missing', `There is no ${name} to include.`, file, line);
        }
        return [];
      });
    });
  }

  private wildcard(pattern: string): readonly string[] {
    const path = resolvePath(this.folder, pattern);
    if (path === undefined || isUnknown(pattern)) return [];
    const prefix = this.folder === '.' ? '' : `${this.folder}/`;
    const isPattern = /[*?[]/.test(pattern);
    if (!isPattern) return this.files.exists(path) ? [pattern] : [];
    return this.files.paths
      .filter((one) => one.startsWith(prefix) && matchesGlob(one, path))
      .map((one) => one.slice(prefix.length));
  }

  private defaultGoal(): string | undefined {
    const named = this.variables.expand(this.variables.raw('.DEFAULT_GOAL')).trim();
    if (named !== '') return isUnknown(named) ? undefined : named;
    const first = this.rules
      .flatMap(({ targets }) => targets)
      .find((target) => !/^\.[^/]*$/.test(target) && !target.includes('%'));
    return first;
  }

  private problem(code: string, message: string, file: string, line: number | undefined): void {
    this.problems.push({ code, message, file, ...(line === undefined ? {} : { line }) });
  }
}

/** Make knows `./a` as `a`. */
function plainName(name: string): string {
  return name.replace(/^(?:\.\/+)+(?=[^/])/, '');
}

/** `a.o b.o: %.o: %.c` is a rule for each of its targets. */
function staticRules(
  targets: readonly string[],
  pattern: string,
  prerequisites: readonly string[],
) {
  return targets.flatMap((target) => {
    const stem = matchStem(target, pattern);
    if (stem === undefined) return [];
    const own = prerequisites.map((one) => one.replace('%', stem));
    return [{ targets: [target], prerequisites: own, stem }];
  });
}
