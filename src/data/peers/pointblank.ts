import { formatNumber, formatShare } from '../../base/format';
import { ok } from '../../base/result';
import { quote } from '../checks/check';
import type { Severity } from '../finding';
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
import { findingOf, showBounds, type PeerFailure, type PeerReader } from './peerResult';

const TOOL = 'pointblank';

/** `Validate.get_json_report()` of pointblank for Python. https://posit-dev.github.io/pointblank/reference/ */
export const pointblank: PeerReader = {
  tool: TOOL,
  read(content, place) {
    const { value } = content;
    const isReport =
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((step) => isRecord(step) && 'assertion_type' in step && 'n_failed' in step);
    if (!isReport) return undefined;
    const steps = recordsOf(value).filter(({ active }) => active !== false);
    const failures = steps.flatMap((step) => {
      const severity = severityOf(step);
      return severity === undefined ? [] : [failureOf(step, severity)];
    });
    const times = steps.flatMap(({ time_processed: time }) => {
      const read = typeof time === 'string' ? Date.parse(time) : NaN;
      return Number.isNaN(read) ? [] : [read];
    });
    const last = times.at(-1);
    return ok({
      tool: TOOL,
      ...(last === undefined ? {} : { time: last }),
      findings: failures.map((failure) => findingOf(TOOL, place, failure)),
      passed: steps.length - failures.length,
    });
  },
};

/** By the thresholds of the step; what fails without any is a warning. Undefined where it passed. */
function severityOf(step: JsonRecord): Severity | undefined {
  if (step.eval_error === true || step.critical === true || step.error === true) return 'error';
  if (step.warning === true) return 'warning';
  const hasThreshold = [step.warning, step.error, step.critical].includes(false);
  if (step.all_passed === true || (hasThreshold && step.all_passed === false)) return undefined;
  return step.all_passed === false ? 'warning' : undefined;
}

const RULES: Readonly<Record<string, string>> = {
  col_exists: 'column-missing',
  col_vals_not_null: 'nulls-increased',
  col_vals_between: 'out-of-range',
  col_vals_gt: 'out-of-range',
  col_vals_ge: 'out-of-range',
  col_vals_lt: 'out-of-range',
  col_vals_le: 'out-of-range',
  col_vals_in_set: 'category-unknown',
  col_vals_regex: 'pattern-violated',
  col_vals_within_spec: 'pattern-violated',
  col_vals_expr: 'relation-violated',
  row_count_match: 'row-count-changed',
};

function ruleOf(check: string, columns: readonly string[]): string {
  if (check === 'rows_distinct') return columns.length > 0 ? 'key-not-unique' : 'duplicate-rows';
  return Object.hasOwn(RULES, check) ? (RULES[check] ?? check) : check;
}

function failureOf(step: JsonRecord, severity: Severity): PeerFailure {
  const check = textOf(step.assertion_type) ?? 'step';
  const columns = (Array.isArray(step.column) ? step.column : [step.column]).filter(
    (name) => typeof name === 'string',
  );
  const column = columns.length === 1 ? columns[0] : undefined;
  const subject = columns.length === 0 ? 'the table' : columns.map(quote).join(' and ');
  const base = { severity, column, check };
  if (step.eval_error === true) {
    const what = `${subject} could not be evaluated.`;
    return { ...base, rule: check, what, observed: 'an error' };
  }
  if (check === 'col_exists') {
    const what = `column ${subject} is missing.`;
    const told = { observed: 'no such column', expected: 'a column' };
    return { ...base, rule: 'column-missing', what, ...told };
  }
  const expected = expectedOf(check, step);
  const { observed, effect } = observationOf(step);
  const against = expected === undefined ? '' : `; expected ${expected}`;
  const what = `${subject}: ${observed}${against}.`;
  return { ...base, rule: ruleOf(check, columns), what, observed, expected, effect };
}

function observationOf(
  step: JsonRecord,
): Pick<PeerFailure, 'effect'> & { readonly observed: string } {
  const count = numberOf(step.n_failed) ?? 0;
  const total = numberOf(step.n) ?? 0;
  if (total <= 1) return { observed: 'it does not hold' };
  const share = count / total;
  return {
    observed: `${formatShare(share)} failed (${formatNumber(count)} of ${formatNumber(total)})`,
    effect: { value: share, unit: 'share' },
  };
}

const COMPARISONS: Readonly<Record<string, string>> = {
  col_vals_gt: 'more than',
  col_vals_ge: 'at least',
  col_vals_lt: 'less than',
  col_vals_le: 'at most',
  col_vals_eq: 'exactly',
};

function expectedOf(check: string, { values }: JsonRecord): string | undefined {
  if (check === 'col_vals_between') return showBounds(listOf(values)[0], listOf(values)[1]);
  if (check === 'col_vals_in_set') return `one of ${showValue(values)}`;
  if (check === 'row_count_match') return `${showValue(recordOf(values).count)} rows`;
  if (check === 'rows_distinct') return 'each only once';
  if (check === 'col_vals_not_null') return 'a value in each row';
  if (Object.hasOwn(COMPARISONS, check)) return `${COMPARISONS[check]} ${showValue(values)}`;
  if (values === null || values === undefined) return undefined;
  return showValue(isRecord(values) ? (values.pattern ?? values) : values);
}
