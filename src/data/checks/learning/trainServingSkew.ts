import type { Dataset } from '../../../project/project';
import type { Finding, Fix } from '../../finding';
import type { ColumnProfile } from '../../profile/profile';
import type { Schema } from '../../schema/schema';
import { accepting, quote, silencing } from '../check';
import { findDrift, type DriftRule } from '../distribution/drift';
import type { PairCheck, PairContext } from '../pairCheck';

const RULE = 'train-serving-skew';

/** What the model meets in production is not there, of another type, or distributed differently from what it learned from. */
export const trainServingSkew: PairCheck = { rule: RULE, find };

function find(context: PairContext): readonly Finding[] {
  const { dataset, current, schema, train } = context;
  // Against a dataset that it names as its baseline, that is drift already.
  if (dataset.role !== 'production' || dataset.baseline === train.dataset.name) return [];
  const declared = withDeclared(dataset, train.dataset);
  const shown = { current, reference: train.profile, schema, confirmed: true };
  // Drift does not depend on when it is judged.
  const drifted = findDrift(
    { dataset: declared, ...shown, now: new Date(0) },
    ruleOf(train.dataset),
  );
  return [
    ...findOtherTypes(context, declared),
    ...drifted.map((finding) =>
      finding.column === undefined ? finding : { ...finding, fix: silencing(RULE, finding.column) },
    ),
  ];
}

/** What is declared of the training data holds for what comes after them. */
function withDeclared(dataset: Dataset, { label, key, group }: Dataset): Dataset {
  return { ...(label && { label }), ...(key && { key }), ...(group && { group }), ...dataset };
}

function ruleOf({ name: train }: Dataset): DriftRule {
  return {
    rule: RULE,
    points: 0.1,
    compares: ({ dataset }, { name }) => name !== dataset.label,
    than: nameTrain(train),
  };
}

function nameTrain(train: string): string {
  return `the training data ${quote(train)}`;
}

/** Features that are missing or of another type: their values cannot be compared at all. */
function findOtherTypes(
  { current, train, schema }: PairContext,
  dataset: Dataset,
): readonly Finding[] {
  const columns = new Map(current.columns.map((column) => [column.name, column]));
  const declared = new Set([dataset.label, dataset.key, dataset.group]);
  return train.profile.columns.flatMap((column): Finding[] => {
    if (declared.has(column.name)) return [];
    const own = columns.get(column.name);
    if (own !== undefined && isAlike(own, column)) return [];
    const observed = own === undefined ? 'not there' : own.type;
    return [
      {
        rule: RULE,
        severity: 'warning',
        dataset: dataset.name,
        column: column.name,
        message: `${quote(column.name)} is ${own === undefined ? 'missing' : `of type ${own.type}`}; in ${nameTrain(train.dataset.name)} it is of type ${column.type}.`,
        observed,
        expected: column.type,
        samples: [],
        fix:
          own === undefined ? toleratingMissing(schema, column.name) : silencing(RULE, column.name),
      },
    ];
  });
}

/** A column that the schema would begin to name would have to be there. */
function toleratingMissing({ columns }: Schema, name: string): Fix {
  if (columns.some((column) => column.name === name)) return silencing(RULE, name);
  return accepting(RULE, name, `Accept that ${quote(name)} is missing`, {
    action: 'set',
    path: ['columns', name],
    value: { required: false, allow: [RULE] },
  });
}

/** Numbers with and without fractions are alike; a column without values has no type that could be another. */
function isAlike(own: ColumnProfile, column: ColumnProfile): boolean {
  const kind = ({ type }: ColumnProfile) => (type === 'integer' ? 'number' : type);
  const isEmpty = (one: ColumnProfile) => one.distinct?.count === 0;
  return kind(own) === kind(column) || isEmpty(own) || isEmpty(column);
}
