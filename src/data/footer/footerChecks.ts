import { columnEmpty } from '../checks/completeness/columnEmpty';
import { nullsIncreased } from '../checks/completeness/nullsIncreased';
import { knownColumns, type Check, type CheckContext, type KnownColumn } from '../checks/check';
import { concludeFindings } from '../checks/checks';
import { freshness } from '../checks/rows/freshness';
import { rowCountChanged } from '../checks/rows/rowCountChanged';
import { columnAdded } from '../checks/schema/columnAdded';
import { columnMissing } from '../checks/schema/columnMissing';
import { columnOrderChanged } from '../checks/schema/columnOrderChanged';
import { typeChanged } from '../checks/schema/typeChanged';
import { constantColumn } from '../checks/values/constantColumn';
import { futureDate } from '../checks/values/futureDate';
import { outOfRange } from '../checks/values/outOfRange';
import type { Finding } from '../finding';
import { isUntold, valueCount, type ColumnProfile, type Profile } from '../profile/profile';
import type { FooterScope } from '../report';

type ColumnTest = (column: KnownColumn, context: CheckContext) => boolean;

/** What a footer tells of a rule's columns, one by one. */
interface FooterCheck {
  readonly check: Check;
  /** Whether a finding about the column would be certain; default always. What is not certain is not looked for. */
  readonly isCertain?: ColumnTest;
  /** Whether it is certain that there is nothing where nothing is found; default where a finding would be certain. */
  readonly isWhole?: ColumnTest;
}

/**
 * The rules that a footer decides, or that it at least can violate for sure. Each is the same check that judges a whole
 * profile, on the columns of which enough is told.
 */
const FOOTER_CHECKS: readonly FooterCheck[] = [
  { check: columnMissing },
  { check: columnAdded },
  { check: columnOrderChanged },
  { check: rowCountChanged },
  {
    check: typeChanged,
    isCertain: ({ current }) => !isUntold(current, 'type', 'values'),
    // Only the values tell whether numbers are whole.
    isWhole: ({ current, reference, schema }) =>
      !isUntold(current, 'type', 'values') &&
      !(schema.type === 'integer' && current.type === 'number') &&
      (schema.type !== undefined ||
        reference === undefined ||
        !isUntold(reference, 'type', 'values')),
  },
  {
    check: nullsIncreased,
    isCertain: ({ reference, schema }) =>
      schema.nulls !== undefined || reference === undefined || isCounted(reference),
    isWhole: ({ current, reference, schema }) =>
      isCounted(current) &&
      (schema.nulls !== undefined || reference === undefined || isCounted(reference)),
  },
  {
    check: columnEmpty,
    isCertain: ({ reference }) => reference === undefined || hasKnownTexts(reference),
    isWhole: ({ current, reference }, context) =>
      (reference === undefined || hasKnownTexts(reference)) &&
      isCounted(current) &&
      (current.type !== 'string' || valueCount(context.current, current) === 0),
  },
  {
    check: outOfRange,
    isWhole: ({ current, schema: { min, max } }, { current: { rows } }) =>
      (min === undefined && max === undefined) || hasEnds(current, rows),
  },
  { check: constantColumn, isCertain: ({ current }) => isCounted(current), isWhole: hasKnownEnds },
  {
    check: futureDate,
    isWhole: ({ current, reference }, context) =>
      !isTime(current) ||
      (hasEnds(current, context.current.rows) &&
        (reference === undefined || hasEnds(reference, context.reference?.rows ?? 0))),
  },
];

/** What the footers show, and which rules they decide. */
export function judgeFooter(context: CheckContext): {
  readonly findings: readonly Finding[];
  readonly scope: FooterScope;
} {
  const found: Finding[] = [];
  const decided: string[] = [];
  const undecided: string[] = [];
  const columns = knownColumns(context);
  for (const each of FOOTER_CHECKS) {
    const { check, isCertain = () => true, isWhole = isCertain } = each;
    const doubtful = new Set(
      columns.filter((column) => !isCertain(column, context)).map(({ name }) => name),
    );
    found.push(...check.find(without(context, doubtful)));
    (columns.every((column) => isWhole(column, context)) ? decided : undecided).push(check.rule);
  }
  if (isFreshnessTold(context)) {
    found.push(...freshness.find(context));
    decided.push(freshness.rule);
  } else undecided.push(freshness.rule);
  return { findings: concludeFindings(found, context.schema), scope: { decided, undecided } };
}

/** Columns that are doubtful are no matter of the schema; what is in the data stays. */
function without(context: CheckContext, doubtful: ReadonlySet<string>): CheckContext {
  if (doubtful.size === 0) return context;
  const columns = context.schema.columns.filter(({ name }) => !doubtful.has(name));
  return { ...context, schema: { ...context.schema, columns } };
}

/** Whether it is known how many values are missing or no number. */
function isCounted(column: ColumnProfile): boolean {
  return !isUntold(column, 'nulls', 'nans');
}

/** Whether it is known which of the values are blank: a full profile tells it, and of what is no text there are none. */
function hasKnownTexts(column: ColumnProfile): boolean {
  return isCounted(column) && (column.type !== 'string' || column.text !== undefined);
}

function hasEnds({ numeric, ends = numeric, range, nulls }: ColumnProfile, rows: number): boolean {
  return ends !== undefined || range !== undefined || nulls === rows;
}

function hasKnownEnds({ current, reference }: KnownColumn, context: CheckContext): boolean {
  return (
    isCounted(current) &&
    hasEnds(current, context.current.rows) &&
    (reference === undefined || reference.ends === undefined)
  );
}

function isTime({ type }: ColumnProfile): boolean {
  return type === 'date' || type === 'timestamp' || type === 'other';
}

/** A column that is no time cannot be fresh, and one that is not there neither. */
function isFreshnessTold({ current, schema }: CheckContext): boolean {
  const { freshness: asked } = schema;
  const column = asked && findColumn(current, asked.column);
  if (column === undefined || column.range !== undefined) return true;
  return !isUntold(column, 'type') && column.type !== 'date' && column.type !== 'timestamp';
}

function findColumn({ columns }: Profile, name: string): ColumnProfile | undefined {
  return columns.find((column) => column.name === name);
}
