import { formatNumber } from '../../../base/format';
import type { Finding } from '../../finding';
import type { Correlations } from '../../profile/profile';
import {
  correlationChange,
  type CorrelationChange,
  type MeasuredCorrelation,
} from '../../statistics/correlationChange';
import {
  knownColumns,
  listValues,
  MOST_SAMPLES,
  quote,
  silencing,
  type Check,
  type CheckContext,
} from '../check';

const RULE = 'correlation-changed';

/** A change that counts. */
const LEAST_CHANGE = 0.2;

/** Of all pairs of a table together: without any change one table in two thousand fails, one in a hundred warns. */
const FAILING = 0.0005;
const WARNING = 0.01;

/** One-sided 95 %. */
const Z = 1.645;

interface ChangedPair {
  readonly names: readonly [string, string];
  readonly before: number;
  readonly now: number;
  readonly change: CorrelationChange;
  readonly fails: boolean;
}

/**
 * Two columns no longer go together as they did, though each alone may be distributed as before: rows that were joined
 * wrongly, a column that was sorted or shuffled alone. By rank correlations, which heavy tails do not move. Of a column
 * with several changed pairs there is one finding.
 */
export const correlationChanged: Check = { rule: RULE, find: findChanged };

function findChanged(context: CheckContext): readonly Finding[] {
  let left = changedPairs(context);
  const findings: Finding[] = [];
  while (left.length > 0) {
    const name = mostNamed(left);
    const own = left.filter(({ names }) => names.includes(name));
    findings.push(tell(context, name, own));
    left = left.filter((pair) => !own.includes(pair));
  }
  return findings;
}

/** The pairs that fail or warn, those that changed most first. */
function changedPairs(context: CheckContext): readonly ChangedPair[] {
  const before = context.reference?.facts?.correlations;
  const now = context.current.facts?.correlations;
  if (before === undefined || now === undefined) return [];
  const past = pairsOf(before, comparable(context));
  const judged = [...pairsOf(now, comparable(context))].flatMap(([key, pair]) => {
    const other = past.get(key);
    const change = other && correlationChange(other, pair, Z);
    if (other === undefined || change === undefined) return [];
    return [{ names: pair.names, before: other.value, now: pair.value, change }];
  });
  return judged
    .filter(({ change }) => change.value >= LEAST_CHANGE && change.p <= WARNING / judged.length)
    .map((pair) => {
      const { p, lower } = pair.change;
      return { ...pair, fails: p <= FAILING / judged.length && lower >= LEAST_CHANGE };
    })
    .sort((a, b) => b.change.value - a.change.value);
}

/** What numbers or names the rows goes together with nothing; what is accepted is accepted in all of its pairs. */
function comparable(context: CheckContext): ReadonlySet<string> {
  const { key, group } = context.dataset;
  const columns = knownColumns(context).filter(
    ({ name, reference, schema }) =>
      name !== key &&
      name !== group &&
      reference !== undefined &&
      reference.unique !== true &&
      schema.allow?.includes(RULE) !== true,
  );
  return new Set(columns.map(({ name }) => name));
}

type NamedPair = MeasuredCorrelation & { readonly names: readonly [string, string] };

function pairsOf(
  { columns, values, rows, pairRows }: Correlations,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, NamedPair> {
  const pairs = columns.flatMap((a, at) =>
    columns.slice(at + 1).map((b): readonly [string, string] => [a, b]),
  );
  return new Map(
    pairs.flatMap((names, index) => {
      const value = values[index] ?? undefined;
      if (value === undefined || !names.every((name) => wanted.has(name))) return [];
      const key = JSON.stringify([...names].sort());
      return [[key, { names, value, rows: pairRows?.[index] ?? rows }] as const];
    }),
  );
}

/** The column that most of the pairs have, of several the one whose pair changed most. */
function mostNamed(pairs: readonly ChangedPair[]): string {
  const counts = new Map<string, number>();
  for (const name of pairs.flatMap(({ names }) => names)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? '';
}

function tell({ dataset }: CheckContext, name: string, pairs: readonly ChangedPair[]): Finding {
  const first = pairs.find(({ fails }) => fails) ?? pairs[0];
  const fails = first?.fails === true;
  const { value = 0, lower = 0 } = first?.change ?? {};
  const others = pairs.map(({ names: [a, b] }) => (a === name ? b : a));
  const moves = pairs.map(
    ({ before, now }, at) =>
      `${quote(others[at] ?? '')} (${formatCorrelation(before)} → ${formatCorrelation(now)})`,
  );
  const certainty = fails ? `at least ${formatNumber(lower)}` : 'uncertain';
  return {
    rule: RULE,
    severity: fails ? 'error' : 'warning',
    dataset: dataset.name,
    column: name,
    message: `${quote(name)} goes together differently with ${listValues(moves, 2)}; the correlation changed by ${formatNumber(value)}, ${certainty}.`,
    observed: `a correlation that changed by ${formatNumber(value)}`,
    expected: `a change below ${LEAST_CHANGE}`,
    effect: { value, unit: 'correlation', lower, threshold: LEAST_CHANGE },
    samples: others.slice(0, MOST_SAMPLES),
    fix: silencing(RULE, name),
  };
}

function formatCorrelation(value: number): string {
  return value.toFixed(2).replace('-', '\u2212');
}
