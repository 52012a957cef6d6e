import { ok, type Result } from '../../base/result';
import { isRecord, numberOf, recordsOf, showValue, textOf, type JsonRecord } from './json';
import {
  findingOf,
  type PeerFailure,
  type PeerPlace,
  type PeerReader,
  type PeerResult,
} from './peerResult';
import { nameSubject, showProse } from './prose';

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
  const constraint = textOf(row.constraint) ?? 'constraint';
  const { analyzer, column, text } = partsOf(constraint);
  const message = showValue(textOf(row.constraint_message) ?? 'no message');
  const value = /^Value: (\S+)/.exec(message)?.[1];
  const isMissing = /does not include column|cannot resolve|No such column/i.test(message);
  return {
    rule: isMissing ? 'column-missing' : ruleOf(analyzer, text),
    severity: row.check_level === 'Warning' ? 'warning' : 'error',
    column,
    check: analyzer,
    what: `${nameSubject(column)} failed: ${showProse(message.replace(/!\s*$/, ''))}`,
    observed: value,
    expected: showValue(constraint),
  };
}

function ruleOf(analyzer: string, text: string): string {
  // `isContainedIn` and its like are compliances with a name of their own.
  if (analyzer === 'Compliance') {
    if (/^[^`]* contained in /.test(text)) return 'category-unknown';
    const isRange = / is (?:non-negative|positive),| between /.test(text);
    return isRange ? 'out-of-range' : 'relation-violated';
  }
  return Object.hasOwn(RULES, analyzer) ? (RULES[analyzer] ?? analyzer) : analyzer;
}

interface ConstraintParts {
  readonly analyzer: string;
  readonly column?: string;
  /** What stands in the analyzer's parentheses. */
  readonly text: string;
}

/** `MeanConstraint(Mean(amount,None))`; of patterns `PatternMatchConstraint(city, ^[A-Z])`. */
function partsOf(constraint: string): ConstraintParts {
  const [, outer, inner] = /^(\w+?)(?:Constraint)?\((.*)\)$/s.exec(constraint) ?? [];
  if (outer === undefined || inner === undefined) return { analyzer: constraint, text: '' };
  const [, analyzer = outer, text = inner] = /^(\w+)\((.*)\)$/s.exec(inner) ?? [];
  const column = columnOf(analyzer, text);
  return { analyzer, text, ...(column === undefined || column === '' ? {} : { column }) };
}

/** Names are not quoted there: one with a comma is cut. */
function columnOf(analyzer: string, text: string): string | undefined {
  if (analyzer === 'Size') return undefined;
  // Of a compliance the columns stand at the end, and so far as older versions do not list them, in its name.
  const list = analyzer === 'Compliance' ? /,List\(([^()]*)\),[^,]*$/ : /^List\(([^()]*)\)/;
  const listed = list.exec(text)?.[1];
  if (listed !== undefined) return listed.includes(',') ? undefined : listed;
  if (analyzer === 'Compliance') {
    return /^(\S+) (?:contained in|is non-negative|is positive|between) /.exec(`${text} `)?.[1];
  }
  return text.split(',')[0]?.trim();
}
