import { quoteIdentifier } from '../../base/escape';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';

/**
 * Relations of columns, as a schema states them: two sums of columns and numbers with a comparison between them,
 * `start <= end`, `"net price" + tax = total`, `0.2 * price >= tax`. Names that are not plain words stand in double
 * quotes; a quote within is written twice.
 */

const NAME = /(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_]*))/uy;
const NUMBER = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const OPERATOR = /<=|>=|<>|!=|==|[<>=]/y;

/** Sums of decimal numbers differ in their last digits from what they should be. */
const TOLERANCE = '1e-9';

interface Side {
  readonly sql: string;
  /** The sum of the sizes of what is added. */
  readonly size: string;
  /** Just one column, which may be of any type. */
  readonly isColumn: boolean;
}

/**
 * The SQL that is true for rows where a relation holds, and unknown where a value is missing. Where something is
 * calculated, equal means to 1e-9 of the size of what is added. Problem `relation-invalid`.
 */
export function relationSql(text: string): Result<string> {
  const reader = new RelationReader(text);
  const left = reader.readSide();
  const operator = left === undefined ? undefined : reader.take(OPERATOR);
  const right = operator === undefined ? undefined : reader.readSide();
  if (left === undefined || operator === undefined || right === undefined || !reader.isAtEnd()) {
    return failed(invalid(text, reader.rest()));
  }
  return ok(compare(left, operator, right));
}

function compare(left: Side, operator: string, right: Side): string {
  const plain = `(${left.sql}) ${operator === '==' ? '=' : operator} (${right.sql})`;
  if (left.isColumn && right.isColumn) return plain;
  const tolerance = `${TOLERANCE} * (${left.size} + ${right.size})`;
  const difference = `(${left.sql}) - (${right.sql})`;
  switch (operator) {
    case '=':
    case '==':
      return `abs(${difference}) <= ${tolerance}`;
    case '<>':
    case '!=':
      return `abs(${difference}) > ${tolerance}`;
    case '<=':
      return `${difference} <= ${tolerance}`;
    case '>=':
      return `${difference} >= -(${tolerance})`;
    default:
      return plain;
  }
}

function invalid(text: string, rest: string): Problem {
  const where = rest === '' ? 'it ends too early' : `"${rest.slice(0, 40)}" was not expected`;
  return {
    code: 'relation-invalid',
    message: `"${text.slice(0, 80)}" is no relation of columns: ${where}`,
    fix: 'Write it as start <= end or "net price" + tax = total.',
  };
}

/** Reads from left to right and stops where it understands nothing more. */
class RelationReader {
  private position = 0;

  constructor(private readonly text: string) {}

  take(pattern: RegExp): string | undefined {
    return this.match(pattern)?.[0];
  }

  isAtEnd(): boolean {
    return this.rest() === '';
  }

  rest(): string {
    return this.text.slice(this.position).trim();
  }

  readSide(): Side | undefined {
    const terms: { readonly sign: string; readonly term: Side }[] = [];
    let sign = this.take(/[+-]/y) ?? '+';
    for (;;) {
      const term = this.readProduct();
      if (term === undefined) return undefined;
      terms.push({ sign, term });
      const next = this.take(/[+-]/y);
      if (next === undefined) break;
      sign = next;
    }
    const [first] = terms;
    if (terms.length === 1 && first?.sign === '+') return first.term;
    return {
      sql: terms.map(({ sign: s, term }) => `${s} ${asNumber(term)}`).join(' '),
      size: terms.map(({ term }) => term.size).join(' + '),
      isColumn: false,
    };
  }

  private readProduct(): Side | undefined {
    const factors: Side[] = [];
    do {
      const factor = this.readFactor();
      if (factor === undefined) return undefined;
      factors.push(factor);
    } while (this.take(/\*/y) !== undefined);
    const [only] = factors;
    if (factors.length === 1) return only;
    const sql = factors.map(asNumber).join(' * ');
    return { sql, size: `abs(${sql})`, isColumn: false };
  }

  private readFactor(): Side | undefined {
    const number = this.take(NUMBER);
    if (number !== undefined) return { sql: number, size: number, isColumn: false };
    const name = this.match(NAME);
    if (name === undefined) return undefined;
    const sql = quoteIdentifier(name[1]?.replaceAll('""', '"') ?? name[0]);
    return { sql, size: `abs(CAST(${sql} AS DOUBLE))`, isColumn: true };
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    const start = this.text.length - this.text.slice(this.position).trimStart().length;
    pattern.lastIndex = start;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.position = pattern.lastIndex;
    return found;
  }
}

function asNumber({ sql, isColumn }: Side): string {
  return isColumn ? `CAST(${sql} AS DOUBLE)` : sql;
}
