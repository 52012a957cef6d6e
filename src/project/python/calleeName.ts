import type { CallExpression } from './syntax';

/** The last name of what a call calls: `read_csv` of `pd.read_csv(…)`. */
export function calleeName({ callee }: CallExpression): string | undefined {
  return callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : undefined;
}
