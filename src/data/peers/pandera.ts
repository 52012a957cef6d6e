import { ok } from '../../base/result';
import { quote } from '../checks/check';
import { isRecord, recordsOf, showValue, textOf, type JsonRecord } from './json';
import { findingOf, type PeerFailure, type PeerReader } from './peerResult';

const TOOL = 'pandera';

/**
 * The message of pandera's `SchemaErrors` (`validate(…, lazy=True)`) as JSON: by kind of error, then by reason. It has no
 * counts, and says nothing of what passed. https://pandera.readthedocs.io/en/stable/error_report.html
 */
export const pandera: PeerReader = {
  tool: TOOL,
  read(content, place) {
    const { value } = content;
    if (content.kind !== 'json' || !isReport(value)) return undefined;
    const failures = Object.values(value).flatMap((reasons) =>
      Object.entries(reasons as JsonRecord).flatMap(([reason, errors]) =>
        recordsOf(errors).map((error) => failureOf(reason, error)),
      ),
    );
    const [first] = failures;
    const suite = Object.values(value)
      .flatMap((reasons) => Object.values(reasons as JsonRecord))
      .flatMap(recordsOf)
      .map(({ schema }) => textOf(schema))[0];
    return ok({
      tool: TOOL,
      ...(first === undefined || suite === undefined ? {} : { suite }),
      findings: failures.map((failure) => findingOf(TOOL, place, failure)),
      passed: 0,
    });
  },
};

function isReport(value: unknown): value is JsonRecord {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return (
    keys.length > 0 &&
    keys.every((key) => key === 'SCHEMA' || key === 'DATA') &&
    Object.values(value).every(
      (reasons) => isRecord(reasons) && Object.values(reasons).every(Array.isArray),
    )
  );
}

/** https://github.com/unionai-oss/pandera: `SchemaErrorReason` */
const RULES: Readonly<Record<string, string>> = {
  COLUMN_NOT_IN_DATAFRAME: 'column-missing',
  COLUMN_NOT_IN_SCHEMA: 'column-added',
  COLUMN_NOT_ORDERED: 'column-order-changed',
  WRONG_DATATYPE: 'type-changed',
  DATATYPE_COERCION: 'type-changed',
  SERIES_CONTAINS_NULLS: 'nulls-increased',
  SERIES_CONTAINS_DUPLICATES: 'key-not-unique',
  DUPLICATES: 'key-not-unique',
};

/** Checks by the function that they are named for: `isin(['a', 'b'])`. */
const CHECK_RULES: Readonly<Record<string, string>> = {
  isin: 'category-unknown',
  in_range: 'out-of-range',
  between: 'out-of-range',
  greater_than: 'out-of-range',
  greater_than_or_equal_to: 'out-of-range',
  less_than: 'out-of-range',
  less_than_or_equal_to: 'out-of-range',
  str_matches: 'pattern-violated',
  str_contains: 'pattern-violated',
  str_startswith: 'pattern-violated',
  str_endswith: 'pattern-violated',
};

function failureOf(reason: string, error: JsonRecord): PeerFailure {
  const text = showValue(error.error ?? 'no message').replace(/\s+/g, ' ');
  if (reason === 'COLUMN_NOT_IN_DATAFRAME' || reason === 'COLUMN_NOT_IN_SCHEMA') {
    return columnFailure(reason, error, text);
  }
  const isCheck = reason === 'DATAFRAME_CHECK';
  const check = textOf(error.check) ?? reason;
  const name = /^[A-Za-z_]\w*/.exec(check)?.[0] ?? check;
  return {
    rule: RULES[reason] ?? CHECK_RULES[name] ?? (isCheck ? name : reason),
    severity: 'error',
    column: columnOf(error),
    check: isCheck ? showValue(check) : reason,
    what: `${withoutRows(reason, text).replace(/\.$/, '')}.`,
    observed: reason === 'SERIES_CONTAINS_NULLS' ? 'missing values' : undefined,
    expected: isCheck ? showValue(check) : undefined,
    samples: casesOf(error.error),
  };
}

/** What pandas prints of a series runs together on one line. */
function withoutRows(reason: string, text: string): string {
  return reason.startsWith('SERIES_CONTAINS_') ? text.replace(/:\s*\d.*$/s, '') : text;
}

function columnFailure(reason: string, error: JsonRecord, text: string): PeerFailure {
  const isMissing = reason === 'COLUMN_NOT_IN_DATAFRAME';
  const column = /column '(.*?)' not in/.exec(text)?.[1] ?? textOf(error.column);
  const verb = isMissing ? 'is missing' : 'is not in the schema';
  return {
    rule: isMissing ? 'column-missing' : 'column-added',
    severity: 'error',
    column,
    check: reason,
    what: `column ${quote(column ?? '')} ${verb}.`,
    observed: isMissing ? 'no such column' : 'a column',
  };
}

/** An error of the whole frame names the schema in place of a column. */
function columnOf({ column, schema }: JsonRecord): string | undefined {
  return column === schema ? undefined : textOf(column);
}

/** Values after `failure cases:`; of texts with commas only parts, for pandera does not quote them. */
function casesOf(error: unknown): readonly string[] {
  if (typeof error !== 'string') return [];
  const start = error.indexOf('failure cases: ');
  if (start < 0) return [];
  return error.slice(start + 'failure cases: '.length, start + 4000).split(', ');
}
