import { quoteIdentifier, quoteLiteral } from '../../base/escape';
import { quote } from '../checks/check';
import type { ColumnType } from '../profile/profile';
import { relationSql } from '../schema/relation';
import type { ColumnSchema, Schema, UserRule } from '../schema/schema';
import { finishColumn, type ColumnDraft } from './finishColumn';
import type { ImportedSchema, Untranslated } from './importedSchema';
import { isPlain, type RowDemand } from './rowDemand';
import { boundsSql, isSqlValue, matchesSql, notInSql, textSql, type Bounds } from './rowSql';
import { searchPattern, type PatternStart } from './wholePattern';

/**
 * Collects the demands of another tool's schema. What holds for all values of a column becomes a demand on it; what has
 * a tolerance or a severity of its own, or no word in a schema, becomes a rule in SQL; the rest is told.
 */
export class SchemaBuilder {
  private readonly drafts = new Map<string, ColumnDraft>();
  private readonly rules = new Map<string, UserRule>();
  private readonly relations = new Set<string>();
  private readonly untranslated: Untranslated[] = [];
  /** These tools look at the columns that they name, unless they say that there are no others. */
  private demands: Omit<Schema, 'columns' | 'rules' | 'relations'> = { extraColumns: 'allow' };

  /** Of one column, of several or of the whole table. */
  refuse(check: string, column: string | readonly string[] | undefined, why: string): void {
    const columns = typeof column === 'string' ? [column] : (column ?? []);
    const of = columns.length === 0 ? '' : ` of ${columns.map(quote).join(' and ')}`;
    this.untranslated.push({ what: `${check}${of}`, why: why.replace(/\.$/, '') });
  }

  /** A column that must be there, whatever it holds. */
  column(name: string): ColumnDraft {
    const known = this.drafts.get(name);
    if (known !== undefined) return known;
    const draft: ColumnDraft = { name, domains: [], ranges: [], patterns: [] };
    this.drafts.set(name, draft);
    return draft;
  }

  type(column: string, type: ColumnType, check: string): void {
    const draft = this.column(column);
    if (draft.type !== undefined && draft.type !== type) {
      return this.refuse(check, column, `it already is of type ${draft.type}`);
    }
    draft.type = type;
  }

  /** The share that may be missing. */
  nulls(column: string, share: number): void {
    const draft = this.column(column);
    const limit = Number(Math.min(1, Math.max(0, share)).toPrecision(12));
    draft.nulls = Math.min(draft.nulls ?? 1, limit);
  }

  optional(column: string): void {
    this.column(column).required = false;
  }

  unique(column: string): void {
    this.column(column).unique = true;
  }

  /** The closed domain. Missing values are not looked at. */
  domain(column: string, values: readonly unknown[], demand: RowDemand): void {
    const known = this.valuesOf(column, values, demand);
    if (known !== undefined) this.column(column).domains.push({ ...demand, values: known });
  }

  exclude(column: string, values: readonly unknown[], demand: RowDemand): void {
    const known = this.valuesOf(column, values, demand);
    if (known !== undefined) this.rule([column], notInSql(column, known), demand);
  }

  private valuesOf(column: string, values: readonly unknown[], { check }: RowDemand) {
    this.column(column);
    const present = values.filter((value) => value !== null);
    if (present.length > 0 && present.every(isSqlValue)) return present;
    this.refuse(check, column, 'its values are no list of texts, numbers and booleans');
    return undefined;
  }

  range(column: string, bounds: Bounds, demand: RowDemand): void {
    this.column(column).ranges.push({ ...demand, ...bounds });
  }

  /** In characters. */
  length(column: string, bounds: Bounds, demand: RowDemand): void {
    const sql = boundsSql(`length(${textSql(column)})`, bounds);
    if (sql !== undefined) this.rule([column], sql, demand);
  }

  pattern(column: string, pattern: string, start: PatternStart, demand: RowDemand): void {
    this.column(column).patterns.push({ ...demand, pattern, start });
  }

  /** Patterns of which all, one or none must be found in each text. */
  patterns(
    column: string,
    patterns: readonly string[],
    which: 'all' | 'any' | 'none',
    demand: RowDemand,
  ): void {
    const parts: string[] = [];
    for (const each of patterns) {
      const pattern = searchPattern(each, 'anywhere');
      if (!pattern.ok) return this.refuse(demand.check, column, pattern.problem);
      parts.push(`${which === 'none' ? 'NOT ' : ''}${matchesSql(column, pattern.value)}`);
    }
    if (parts.length > 0) {
      this.rule([column], parts.join(which === 'any' ? ' OR ' : ' AND '), demand);
    }
  }

  /** SQL's LIKE. */
  like(column: string, pattern: string, demand: RowDemand): void {
    this.rule([column], `${textSql(column)} LIKE ${quoteLiteral(pattern)}`, demand);
  }

  /** `start <= end`, of two sums of columns and numbers. */
  relation(columns: readonly string[], text: string, demand: RowDemand): void {
    for (const column of columns) this.column(column);
    const sql = relationSql(text);
    if (!sql.ok) return this.refuse(demand.check, columns, sql.problem.message);
    if (isPlain(demand)) this.relations.add(text);
    else this.rule(columns, sql.value, demand);
  }

  /** @param sql true where the row is good */
  rule(columns: readonly string[], sql: string, demand: RowDemand): void {
    for (const column of columns) this.column(column);
    const { check, mostly = 1, severity = 'error' } = demand;
    this.rules.set(`${sql}\n${mostly}\n${severity}`, {
      name: `${check} of ${columns.map(quote).join(' and ')}`,
      sql,
      ...(mostly < 1 ? { mostly } : {}),
      ...(severity === 'error' ? {} : { severity }),
    });
  }

  rows({ min, max }: { readonly min?: number | undefined; readonly max?: number | undefined }) {
    const before = this.demands.rows ?? {};
    const least = min === undefined ? before.min : Math.max(min, before.min ?? 0);
    const most = max === undefined ? before.max : Math.min(max, before.max ?? Infinity);
    const rows = {
      ...(least === undefined ? {} : { min: Math.ceil(Math.max(0, least)) }),
      ...(most === undefined ? {} : { max: Math.floor(Math.max(0, most)) }),
    };
    if (Object.keys(rows).length > 0) this.demands = { ...this.demands, rows };
  }

  table(demands: Pick<Schema, 'extraColumns' | 'ordered' | 'duplicates'>): void {
    this.demands = { ...this.demands, ...demands };
  }

  finish(tool: string, name: string | undefined): ImportedSchema {
    // A type says how a domain and bounds are written, and may have come after them.
    const columns = [...this.drafts.values()].map((draft): ColumnSchema =>
      finishColumn(draft, {
        refuse: (check, why) => this.refuse(check, draft.name, why),
        rule: (sql, demand) => this.rule([draft.name], sql, demand),
      }),
    );
    const { rules, relations } = this;
    return {
      tool,
      ...(name === undefined ? {} : { name }),
      schema: {
        ...this.demands,
        ...(rules.size === 0 ? {} : { rules: withOwnNames([...rules.values()]) }),
        ...(relations.size === 0 ? {} : { relations: [...relations] }),
        columns,
      },
      untranslated: this.untranslated,
    };
  }
}

/** A rule is accepted by its name. */
function withOwnNames(rules: readonly UserRule[]): readonly UserRule[] {
  const seen = new Map<string, number>();
  return rules.map((rule) => {
    const { name = rule.sql } = rule;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? rule : { ...rule, name: `${name} (${times})` };
  });
}

/** A column as relations name it: plain words without quotes. */
export function nameInRelation(column: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : quoteIdentifier(column);
}
