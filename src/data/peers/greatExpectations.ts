import { formatNumber, formatShare } from '../../base/format';
import { ok } from '../../base/result';
import { quote } from '../checks/check';
import type { Effect, Severity } from '../finding';
import { expectationRule } from './expectationRules';
import {
  isRecord,
  listOf,
  numberOf,
  recordOf,
  recordsOf,
  showValue,
  textOf,
  type JsonRecord,
} from './json';
import {
  findingOf,
  showBounds,
  type PeerFailure,
  type PeerReader,
  type PeerResult,
} from './peerResult';

const TOOL = 'Great Expectations';

/**
 * Validation results of Great Expectations 0.13 to 1.x, alone or within the result of a checkpoint.
 * https://docs.greatexpectations.io/docs/reference/api/core/expectationsuitevalidationresult_class
 */
export const greatExpectations: PeerReader = {
  tool: TOOL,
  read(content, place) {
    const validations = content.kind === 'json' ? findValidations(content.value) : undefined;
    if (validations === undefined) return undefined;
    const results = validations.flatMap(({ results }) => recordsOf(results));
    const failures = results
      .filter(({ success }) => success !== true)
      .flatMap((result) => failuresOf(result));
    const result: PeerResult = {
      tool: TOOL,
      ...identityOf(validations),
      findings: failures.map((failure) => findingOf(TOOL, place, failure)),
      passed: results.filter(({ success }) => success === true).length,
    };
    return ok(result);
  },
};

function findValidations(value: unknown): readonly JsonRecord[] | undefined {
  if (!isRecord(value)) return undefined;
  if (isRecord(value.run_results)) {
    const runs = Object.values(value.run_results).filter(isRecord);
    return runs.map((run) => (isRecord(run.validation_result) ? run.validation_result : run));
  }
  const isValidation =
    Array.isArray(value.results) &&
    'success' in value &&
    recordsOf(value.results).every((result) => isRecord(result.expectation_config)) &&
    (value.results.length > 0 || isRecord(value.statistics));
  return isValidation ? [value] : undefined;
}

function identityOf(validations: readonly JsonRecord[]): Pick<PeerResult, 'suite' | 'time'> {
  const [first] = validations;
  if (first === undefined || validations.length > 1) return {};
  const meta = recordOf(first.meta);
  const suite = textOf(first.suite_name) ?? textOf(meta.expectation_suite_name);
  // Version 1 only says when it loaded the data.
  const run =
    textOf(recordOf(meta.run_id).run_time) ??
    textOf(meta.validation_time) ??
    textOf(recordOf(meta.batch_markers).ge_load_time);
  const time = run === undefined ? undefined : readTime(run);
  return { ...(suite === undefined ? {} : { suite }), ...(time === undefined ? {} : { time }) };
}

/** ISO 8601, also without separators: `20261128T021716.585631Z`. */
function readTime(text: string): number | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z?$/.exec(text);
  const time =
    compact === null
      ? Date.parse(text)
      : Date.parse(`${compact.slice(1, 4).join('-')}T${compact.slice(4, 7).join(':')}Z`);
  return Number.isNaN(time) ? undefined : time;
}

interface Expectation {
  readonly type: string;
  readonly kwargs: JsonRecord;
  readonly severity: Severity;
  readonly column: string | undefined;
}

function expectationOf(config: JsonRecord): Expectation {
  const kwargs = recordOf(config.kwargs);
  // From 1.5 on an expectation has a severity.
  const severity = textOf(config.severity) ?? textOf(recordOf(config.meta).severity);
  return {
    type: textOf(config.type) ?? textOf(config.expectation_type) ?? 'expectation',
    kwargs,
    severity: severity === 'warning' || severity === 'info' ? severity : 'error',
    column: textOf(kwargs.column),
  };
}

function failuresOf(result: JsonRecord): readonly PeerFailure[] {
  const expectation = expectationOf(recordOf(result.expectation_config));
  const raised = exceptionOf(result.exception_info);
  if (raised !== undefined) return [unevaluated(expectation, raised)];
  const details = recordOf(result.result);
  const mismatched = recordOf(recordOf(details.details).mismatched);
  const columns = [
    ...namesOf(mismatched.missing).map((name) => columnFailure(expectation, name, true)),
    ...namesOf(mismatched.unexpected).map((name) => columnFailure(expectation, name, false)),
  ];
  return columns.length > 0 ? columns : [failureOf(expectation, details)];
}

function namesOf(value: unknown): readonly string[] {
  return listOf(value).filter((name) => typeof name === 'string');
}

/** One of its own, or, since 0.16, one for each metric that was needed. */
function exceptionOf(info: unknown): string | undefined {
  const all = [recordOf(info), ...recordsOf(Object.values(recordOf(info)))];
  const raised = all.find((one) => one.raised_exception === true);
  if (raised === undefined) return undefined;
  return showValue(raised.exception_message ?? 'no message').replace(/\s+/g, ' ');
}

const NO_COLUMN = /column "(.+)" .*does not exist/i;

function unevaluated(expectation: Expectation, message: string): PeerFailure {
  const { type: check, severity, column } = expectation;
  const missing = NO_COLUMN.exec(message)?.[1];
  if (missing !== undefined) return columnFailure(expectation, missing, true);
  return {
    rule: check,
    severity,
    column,
    check,
    what: `it could not be evaluated: ${message.replace(/\.$/, '')}.`,
    observed: 'an exception',
    expected: 'a check that can be evaluated',
  };
}

function columnFailure(expectation: Expectation, column: string, missing: boolean): PeerFailure {
  return {
    rule: missing ? 'column-missing' : 'column-added',
    severity: expectation.severity,
    column,
    check: expectation.type,
    what: missing
      ? `column ${quote(column)} is missing.`
      : `column ${quote(column)} is not expected.`,
    observed: missing ? 'no such column' : 'a column',
    expected: missing ? 'a column' : 'no such column',
  };
}

function failureOf(expectation: Expectation, details: JsonRecord): PeerFailure {
  const { type: check, column, severity } = expectation;
  if (check === 'expect_column_to_exist' && column !== undefined) {
    return columnFailure(expectation, column, true);
  }
  const { observed, effect } = observationOf(expectation, details);
  const expected = expectedOf(expectation);
  const subject = subjectOf(expectation);
  return {
    rule: expectationRule(check),
    severity,
    column,
    check,
    what: `${subject} failed: ${observed}${expected === undefined ? '' : `; expected ${expected}`}.`,
    observed,
    expected,
    effect,
    samples: samplesOf(details),
  };
}

function subjectOf({ kwargs, column }: Expectation): string {
  if (column !== undefined) return quote(column);
  const pair = [kwargs.column_A, kwargs.column_B].filter((name) => typeof name === 'string');
  const names = pair.length === 2 ? pair : namesOf(kwargs.column_list);
  return names.length === 0 ? 'the table' : names.map(quote).join(' and ');
}

function observationOf(
  { kwargs }: Expectation,
  details: JsonRecord,
): { readonly observed: string; readonly effect?: Effect } {
  const unexpected = numberOf(details.unexpected_count);
  if (unexpected === undefined) {
    const value = details.observed_value;
    return {
      observed: value === undefined ? 'no value was given' : `observed ${showValue(value)}`,
    };
  }
  const judged = (numberOf(details.element_count) ?? 0) - (numberOf(details.missing_count) ?? 0);
  if (judged <= 0) return { observed: `${formatNumber(unexpected)} unexpected` };
  const share = unexpected / judged;
  const threshold = 1 - (numberOf(kwargs.mostly) ?? 1);
  return {
    observed: `${formatShare(share)} unexpected (${formatNumber(unexpected)} of ${formatNumber(judged)})`,
    effect: { value: share, unit: 'share', threshold: Number(threshold.toPrecision(12)) },
  };
}

function expectedOf({ kwargs }: Expectation): string | undefined {
  const strict = { min: kwargs.strict_min === true, max: kwargs.strict_max === true };
  const parts = [
    showBounds(kwargs.min_value, kwargs.max_value, strict),
    kwargs.value_set === undefined || kwargs.value_set === null
      ? undefined
      : `one of ${showValue(kwargs.value_set)}`,
    ...['regex', 'strftime_format', 'type_', 'type_list', 'value', 'sum_total', 'column_list'].map(
      (key) => (kwargs[key] === undefined ? undefined : showValue(kwargs[key])),
    ),
  ].filter((part) => part !== undefined);
  const mostly = numberOf(kwargs.mostly);
  if (mostly !== undefined && mostly < 1) parts.push(`in at least ${formatShare(mostly)}`);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function samplesOf(details: JsonRecord): readonly unknown[] {
  const counted = recordsOf(details.partial_unexpected_counts).map(({ value }) => value);
  return [...counted, ...listOf(details.partial_unexpected_list)];
}
