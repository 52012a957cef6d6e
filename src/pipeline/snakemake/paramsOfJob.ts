import { callWithWildcards, wildcardsObject } from '../../project/snakemake/expandInput';
import { reprOf } from '../../project/evaluate/pyText';
import { text, UNKNOWN, type PyFunction, type PyValue } from '../../project/evaluate/pyValue';
import type { Interpreter } from '../../project/evaluate/interpreter';
import type { Job } from '../../project/snakemake/jobs';
import { applyWildcards, type WildcardValues } from '../../project/snakemake/wildcards';

/** The params of a job as Snakemake records them; `isWhole` is false where some are not known. */
export interface JobParams {
  readonly values: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/** What Snakemake leaves out: params that come from the input or the output change together with those. */
const DERIVED = /^(?:input|output|threads|resources)$/;

/** Source: `Rule.expand_params` and `PersistenceBase._params`. */
export function paramsOfJob(job: Job, interpreter: Interpreter): JobParams {
  const values = new Set<string>();
  let isWhole = true;
  for (const { value } of job.rule.params) {
    if (value.kind === 'function' && isDerived(value)) continue;
    const own =
      value.kind === 'function'
        ? callWithWildcards(value, wildcardsObject(job.wildcards), interpreter)
        : fillIn(value, job.wildcards);
    if (own.kind === 'text' && own.isPath === true) continue;
    const written = reprOf(own);
    if (written === undefined) isWhole = false;
    else values.add(written);
  }
  return { values, isWhole };
}

function isDerived({ parameters }: PyFunction): boolean {
  return parameters.some(({ name }) => DERIVED.test(name));
}

/** Wildcards are filled in texts and in lists of texts, nowhere deeper. */
function fillIn(value: PyValue, wildcards: WildcardValues): PyValue {
  if (value.kind === 'text' && value.isPath !== true) return fillText(value.text, wildcards);
  if (value.kind !== 'list' || value.type !== 'list') return value;
  const items = value.items.map((item) =>
    item.kind === 'text' ? fillText(item.text, wildcards) : item,
  );
  return { ...value, items };
}

function fillText(pattern: string, wildcards: WildcardValues): PyValue {
  const filled = applyWildcards(pattern, wildcards);
  return filled === undefined ? UNKNOWN : text(filled);
}
