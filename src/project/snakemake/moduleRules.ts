import type { Evidence } from '../../base/evidence';
import { buildRule, proxyOfRule, type Part, type RuleParts } from './buildRule';
import { textOfValue } from '../evaluate/pyText';
import type { PyValue } from '../evaluate/pyValue';
import { overrideParts, renamed, RuleReader } from './ruleReader';
import type { Namespace, WorkflowState } from './namespace';
import type { UseStatement } from './snakefile';
import type { WorkflowReader } from './workflowReader';

/** `module NAME:`. */
export interface Module {
  readonly name: string;
  /** Of its Snakefile, relative to the project's root; absent where it is not in the project. */
  readonly path?: string;
  readonly config: PyValue | undefined;
  readonly prefix: PyValue | undefined;
  readonly replacements: PyValue | undefined;
  readonly place: Evidence;
}

/** Makes the reader of a module's Snakefile. */
export type OpenModule = (
  state: WorkflowState,
  names: Namespace,
  use: Use,
  outer: WorkflowReader,
) => WorkflowReader;

export interface Use {
  readonly statement: UseStatement;
  readonly module: Module;
  /** What stands below `with:`. */
  readonly overrides: ReadonlyMap<string, Part>;
  readonly isConditional: boolean;
}

/** Takes those rules of a module that `use rule` asks for, by their new names. */
export class ModuleRules extends RuleReader {
  constructor(
    reader: WorkflowReader,
    private readonly use: Use,
    /** Takes the rules, by their names outside of the module. */
    private readonly outer: RuleReader,
    openModule: OpenModule,
  ) {
    super(reader, openModule);
  }

  override add(parts: RuleParts, mayReplace = false): void {
    this.own.set(parts.name, parts);
    const { statement, overrides, isConditional } = this.use;
    const own = { ...parts, modifyPath: (path: string) => this.modifyPath(parts.modifyPath(path)) };
    // Inside the module its rules have their own names.
    this.reader.names.rules.set(
      parts.name,
      proxyOfRule(buildRule(own, this.reader.names.constraints)),
    );
    const isAll = statement.rules.includes('*');
    const isMeant = isAll
      ? !statement.excluded.includes(parts.name)
      : statement.rules.includes(parts.name);
    if (!isMeant) return;
    const name = renamed(parts.name, statement);
    const changed = {
      ...own,
      name,
      isConditional: parts.isConditional || isConditional,
      parts: overrideParts(
        parts.parts,
        new Map([...overrides].map(([section, part]) => [section, { ...part, isOverride: true }])),
      ),
    };
    // A rule that is named replaces the one that `use rule *` brought.
    this.outer.add(changed, mayReplace || !isAll);
  }

  private modifyPath(path: string): string {
    const { prefix, replacements } = this.use.module;
    if (path.startsWith('/') || path.startsWith('..')) return path;
    if (prefix !== undefined) {
      const text = textOfValue(prefix);
      return path.startsWith(`${text.replace(/\/$/, '')}/`)
        ? path
        : `${text.endsWith('/') ? text : `${text}/`}${path}`;
    }
    if (replacements?.kind !== 'dict') return path;
    for (const { key, value } of replacements.entries.values()) {
      const from = textOfValue(key);
      if (path.startsWith(from)) return textOfValue(value) + path.slice(from.length);
    }
    return path;
  }
}
