import { buildRule, proxyOfRule, type Part, type RuleParts } from './buildRule';
import { ConfigVariables } from './configKeys';
import type { Arguments } from '../evaluate/interpreter';
import { textOfValue, truthOf } from '../evaluate/pyText';
import { dict, hasHole, UNKNOWN, type PyValue } from '../evaluate/pyValue';
import { openNamespace } from './namespace';
import type { Module, OpenModule } from './moduleRules';
import {
  ACTIONS,
  type ModuleStatement,
  type RuleStatement,
  type Section,
  type UseStatement,
} from './snakefile';
import type { Rule } from './workflow';
import type { WorkflowReader } from './workflowReader';

const NOTHING: Arguments = { positional: [], keywords: new Map(), open: false };

/** Turns `rule`, `use rule` and `module` into the rules of a workflow. */
export class RuleReader {
  private readonly modules = new Map<string, Module>();
  /** By their names in this namespace: a module's rules have others outside. */
  protected readonly own = new Map<string, RuleParts>();

  constructor(
    protected readonly reader: WorkflowReader,
    private readonly openModule: OpenModule,
  ) {}

  readRule(statement: RuleStatement): void {
    const { state, file, folder, isUncertain } = this.reader;
    const parts = this.readParts(statement.sections);
    const named = parts.get('name')?.given.positional[0];
    const written =
      named === undefined || hasHole(textOfValue(named)) ? undefined : textOfValue(named);
    const name = written ?? statement.name ?? String(state.rules.size + 1);
    this.add({
      name,
      isCheckpoint: statement.isCheckpoint,
      isConditional: isUncertain,
      source: { file, line: statement.line },
      folder,
      parts,
      modifyPath: (path) => path,
      mentions: this.mentionsOf(statement.sections),
      parameters: this.parametersOf(statement.sections),
    });
    this.checkActions(statement, name);
  }

  private checkActions({ sections, line }: RuleStatement, name: string): void {
    const actions = sections.filter((section) => ACTIONS.has(section.name));
    if (actions.length < 2) return;
    this.reader.state.problems.push({
      code: 'snakemake-invalid',
      message: `The rule ${name} has both ${actions.map((one) => `\`${one.name}:\``).join(' and ')}.`,
      file: this.reader.file,
      line,
      fix: 'Keep one of them.',
    });
  }

  /** The sections with their arguments evaluated, the last one of each name. */
  protected readParts(sections: readonly Section[]): ReadonlyMap<string, Part> {
    const { folder } = this.reader;
    return new Map(
      sections.map((section) => {
        const given = section.name === 'run' ? NOTHING : this.reader.evaluate(section.arguments);
        return [section.name, { section, given, folder }];
      }),
    );
  }

  /** Puts a rule into the workflow under its name. */
  add(parts: RuleParts, mayReplace = false): void {
    this.own.set(parts.name, parts);
    const { state, names } = this.reader;
    const rule = buildRule(parts, names.constraints);
    names.rules.set(parts.name, proxyOfRule(rule));
    const known = state.rules.get(rule.name);
    if (known !== undefined && !mayReplace) {
      if (!rule.isConditional && !known.isConditional) this.reportTwice(rule, known);
      return;
    }
    state.rules.set(rule.name, rule);
    const isDefault =
      truthOf(parts.parts.get('default_target')?.given.positional[0] ?? UNKNOWN) === true;
    if (state.defaultTarget === undefined || isDefault) state.defaultTarget = rule.name;
  }

  private reportTwice(rule: Rule, known: Rule): void {
    this.reader.state.problems.push({
      code: 'snakemake-rule-twice',
      message: `There is a rule ${rule.name} already, at ${known.source.file}:${known.source.line}.`,
      file: rule.source.file,
      line: rule.source.line,
      fix: 'Give it another name.',
    });
  }

  /** `rules.x.output` and `checkpoints.x.get(…)`, in functions too, which are not always understood. */
  private mentionsOf(sections: readonly Section[]): readonly string[] {
    const input = sections.find((section) => section.name === 'input')?.arguments.text ?? '';
    const names = [...input.matchAll(/\b(?:rules|checkpoints)\s*\.\s*(\w+)/g)].map(
      ([, name = '']) => name,
    );
    for (const word of new Set(input.match(/[A-Za-z_]\w*/g))) {
      const value = this.reader.names.scope.variables.get(word);
      if (value?.kind !== 'function') continue;
      const body = value.code.text.slice(value.node.from, value.node.to);
      names.push(
        ...[...body.matchAll(/\b(?:rules|checkpoints)\s*\.\s*(\w+)/g)].map(([, name = '']) => name),
      );
    }
    return [...new Set(names)];
  }

  /** The values of the configuration that a rule asks for. */
  protected parametersOf(sections: readonly Section[]): readonly string[] {
    const { configfiles, variables } = this.reader.state;
    if (configfiles.length === 0) return [];
    const keys = new Set(sections.flatMap(({ arguments: code }) => variables.keysOf(code.text)));
    return [...keys].flatMap((key) => {
      const top = key.split('.', 1)[0] ?? key;
      const file = configfiles.findLast(
        ({ value }) => value.kind === 'dict' && value.entries.has(`text:${top}`),
      );
      return file === undefined ? [] : [`${file.path}:${key}`];
    });
  }

  readModule(statement: ModuleStatement): void {
    const parts = this.readParts(statement.sections);
    const value = (name: string): PyValue | undefined => parts.get(name)?.given.positional[0];
    const { file } = this.reader;
    const own = value('name');
    const name = own === undefined ? statement.name : textOfValue(own);
    const snakefile = value('snakefile');
    const path = snakefile === undefined || snakefile.kind !== 'text' ? undefined : snakefile.text;
    this.modules.set(name, {
      name,
      ...(path === undefined || hasHole(path) || /^[a-z]+:\/\//.test(path)
        ? {}
        : { path: this.reader.besideSnakefile(path) ?? '' }),
      config: value('config'),
      prefix: value('prefix'),
      replacements: value('replace_prefix'),
      place: { file, line: statement.line },
    });
  }

  async readUse(statement: UseStatement): Promise<void> {
    if (statement.module === undefined) this.inherit(statement);
    else await this.useModule(statement, statement.module);
  }

  /** `use rule a as b with:`. */
  private inherit(statement: UseStatement): void {
    const { state, file } = this.reader;
    const [from = ''] = statement.rules;
    const original = this.own.get(from);
    const overrides = this.readParts(statement.sections);
    if (original === undefined || statement.alias === undefined) {
      if (state.gaps.size > 0 || this.reader.isUncertain) return;
      state.problems.push({
        code: 'snakemake-rule-unknown',
        message: `There is no rule ${from} before this line.`,
        file,
        line: statement.line,
        fix: 'Define it above, or correct the name.',
      });
      return;
    }
    this.add({
      ...original,
      name: statement.alias,
      isConditional: original.isConditional || this.reader.isUncertain,
      source: { file, line: statement.line },
      parts: overrideParts(original.parts, overrides),
      mentions: [...original.mentions, ...this.mentionsOf(statement.sections)],
      parameters: [...new Set([...original.parameters, ...this.parametersOf(statement.sections)])],
    });
  }

  /** The text that a variable of the workflow has. */
  private textOfName(name: string): string | undefined {
    const value = this.reader.names.scope.variables.get(name);
    return value?.kind === 'text' ? value.text : undefined;
  }

  /** Where the module's name is a variable, so is the beginning of the new names. */
  private resolveAlias(statement: UseStatement): UseStatement {
    if (statement.alias === undefined) return statement;
    const name = statement.alias.replace(/\*$/, '');
    const star = statement.alias.endsWith('*') ? '*' : '';
    return { ...statement, alias: `${this.textOfName(name) ?? name}${star}` };
  }

  private async useModule(statement: UseStatement, name: string): Promise<void> {
    const { state } = this.reader;
    const module = this.modules.get(name) ?? this.modules.get(this.textOfName(name) ?? '');
    const overrides = this.readParts(statement.sections);
    if (module?.path === undefined || module.path === '') {
      state.gaps.add(
        `the rules of the module ${name} (${this.reader.file}:${statement.line}) are not in this project`,
      );
      return;
    }
    if (this.reader.isOpen(module.path)) return;
    const config =
      module.config?.kind === 'dict' ? module.config : dict([], module.config !== undefined);
    const inner = this.openModule(
      { ...state, variables: new ConfigVariables() },
      openNamespace(config, module.config !== undefined),
      {
        statement: this.modules.has(name) ? statement : this.resolveAlias(statement),
        module,
        overrides,
        isConditional: this.reader.isUncertain,
      },
      this.reader,
    );
    if (!(await inner.readFile(module.path, true))) {
      state.gaps.add(`the Snakefile of the module ${name} is missing`);
      state.problems.push({
        code: 'snakemake-include-missing',
        message: `There is no ${module.path} for the module ${name}.`,
        ...module.place,
        fix: 'Correct the path: it is relative to the folder of this file.',
      });
    }
  }
}

export function renamed(name: string, { alias }: UseStatement): string {
  return alias === undefined ? name : alias.replaceAll('*', name);
}

/** What a rule does is replaced as a whole. */
export function overrideParts(
  parts: ReadonlyMap<string, Part>,
  overrides: ReadonlyMap<string, Part>,
): ReadonlyMap<string, Part> {
  return new Map([...parts, ...overrides]);
}
