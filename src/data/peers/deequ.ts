import { ok, type Result } from '../../base/result';
import { quote } from '../checks/check';
import { isRecord, numberOf, recordsOf, showValue, textOf, type JsonRecord } from './json';
import {
  findingOf,
  type PeerFailure,
  type PeerPlace,
  type PeerReader,
  type PeerResult,
} from './peerResult';

const TOOL = 'Deequ';

/**
 * The results of a verification (`VerificationResult.checkResultsAsJson`, one object for each constraint), and the
 * history of a metrics repository, which has values and no judgement. https://github.com/awslabs/deequ
 */
export const deequ: PeerReader = {
  tool: TOOL,
  read(content, place) {
    const { value } = content;
    if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return undefined;
    const rows = recordsOf(value);
    if (rows.every((row) => 'constraint_status' in row)) return readChecks(rows, place);
    if (rows.every((row) => isRecord(row.resultKey) && isRecord(row.analyzerContext))) {
      const times = rows.flatMap(({ resultKey }) =>
        isRecord(resultKey) ? (numberOf(resultKey.dataSetDate) ?? []) : [],
      );
      const time = times.length === 0 ? {} : { time: Math.max(...times.slice(-1000)) };
      return ok({ tool: TOOL, ...time, findings: [], passed: 0 });
    }
    return undefined;
  },
};

function readChecks(rows: readonly JsonRecord[], place: PeerPlace): Result<PeerResult> {
  const failures = rows.filter((row) => row.constraint_status !== 'Success');
  return ok({
    tool: TOOL,
    findings: failures.map((row) => findingOf(TOOL, place, failureOf(row))),
    passed: rows.length - failures.length,
  });
}

/** By the name of the analyzer in `CompletenessConstraint(Completeness(b,None,None))`. */
const RULES: Readonly<Record<string, string>> = {
  Completeness: 'nulls-increased',
  Uniqueness: 'key-not-unique',
  UniqueValueRatio: 'key-not-unique',
  Size: 'row-count-changed',
  Minimum: 'out-of-range',
  Maximum: 'out-of-range',
  PatternMatch: 'pattern-violated',
  DataType: 'type-changed',
  ReferentialIntegrity: 'reference-missing',
};

function failureOf(row: JsonRecord): PeerFailure {
  const constraint = showValue(row.constraint ?? 'constraint');
  const { analyzer, column, text } = partsOf(constraint);
  const message = textOf(row.constraint_message);
  const value = /^Value: (\S+)/.exec(message ?? '')?.[1];
  const isMissing = /does not include column|cannot resolve|No such column/i.test(message ?? '');
  return {
    rule: isMissing ? 'column-missing' : ruleOf(analyzer, text),
    severity: row.check_level === 'Warning' ? 'warning' : 'error',
    column,
    check: constraint,
    what: `${column === undefined ? 'the table' : quote(column)} failed: ${showValue(
      message ?? 'no message',
    )
      .replace(/\s+/g, ' ')
      .replace(/\.$/, '')}.`,
    observed: value,
    expected: constraint,
  };
}

function ruleOf(analyzer: string, text: string): string {
  // `isContainedIn` is a compliance with a name of its own.
  if (analyzer === 'Compliance') {
    if (/ contained in /.test(text)) return 'category-unknown';
    return / (?:between|is non-negative|is positive)/.test(text)
      ? 'out-of-range'
      : 'relation-violated';
  }
  return Object.hasOwn(RULES, analyzer) ? (RULES[analyzer] ?? analyzer) : analyzer;
}

interface ConstraintParts {
  readonly analyzer: string;
  readonly column?: string;
  /** What stands in the analyzer's parentheses. */
  readonly text: string;
}

function partsOf(constraint: string): ConstraintParts {
  const [, analyzer, text] = /(?:^|\()(\w+)\(((?!.*\w+\().*?)\)*$/.exec(constraint) ?? [];
  if (analyzer === undefined || text === undefined) return { analyzer: constraint, text: '' };
  if (analyzer === 'List') return listParts(constraint, text);
  if (analyzer === 'Size') return { analyzer, text };
  const [first = ''] = analyzer === 'Compliance' ? text.split(' ') : text.split(',');
  return { analyzer, text, ...(first === '' ? {} : { column: first }) };
}

/** `UniquenessConstraint(Uniqueness(List(id),None,None))` */
function listParts(constraint: string, text: string): ConstraintParts {
  const analyzer = /(\w+)\(List\(/.exec(constraint)?.[1] ?? constraint;
  const columns = text.slice(0, text.indexOf(')')).split(',');
  const [only] = columns;
  return {
    analyzer,
    text,
    ...(columns.length === 1 && only !== undefined ? { column: only } : {}),
  };
}
