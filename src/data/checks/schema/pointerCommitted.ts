import type { Problem } from '../../../base/problem';
import type { Dataset } from '../../../project/project';
import type { Finding } from '../../finding';
import { quote, type Check, type CheckContext } from '../check';

const RULE = 'pointer-committed';

/** The problem of a file that begins as a Git LFS pointer does, where its content was expected. */
export const POINTER_PROBLEM = 'data-pointer';

/** How the text of a pointer looks when it is read as a table: its first line is the name of the only column. */
const FIRST_LINES: readonly { readonly sign: RegExp; readonly tool: string }[] = [
  { sign: /^version https:\/\/git-lfs\.github\.com\/spec\//, tool: 'Git LFS' },
  { sign: /^outs:\s*$/, tool: 'DVC' },
  { sign: /^(?:md5|wdir): \S+$/, tool: 'DVC' },
];

/**
 * The data file holds the few lines by which Git LFS or DVC finds the data, not the data. A pointer that Git LFS can
 * follow is no such case: the data that it stands for is what is judged.
 */
export const pointerCommitted: Check = { rule: RULE, find };

function find({ dataset, current }: CheckContext): readonly Finding[] {
  const [only, ...others] = current.columns;
  if (only === undefined || others.length > 0) return [];
  const found = FIRST_LINES.find(({ sign }) => sign.test(only.name));
  return found === undefined ? [] : [describe(dataset, found.tool, quote(only.name))];
}

/** As a finding, what the engine cannot read because it is a pointer. */
export function pointerFinding(dataset: Dataset, { code }: Problem): Finding | undefined {
  return code === POINTER_PROBLEM ? describe(dataset, 'Git LFS', 'a pointer') : undefined;
}

function describe(dataset: Dataset, tool: string, observed: string): Finding {
  const command = tool === 'DVC' ? 'dvc pull' : 'git lfs pull';
  return {
    rule: RULE,
    severity: 'error',
    dataset: dataset.name,
    message: `The file is a pointer of ${tool}, not the data: run "${command}", and let ${tool} track the data file instead of committing its pointer in its place.`,
    observed,
    expected: 'the data itself',
    samples: [],
  };
}
