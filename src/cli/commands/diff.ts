import type { Problem } from '../../base/problem';
import { engineBeside } from '../../data/engine/engineCommand';
import { diffDataset } from '../../data/rowDiff/diffDataset';
import type { Dataset } from '../../project/project';
import type { Command } from '../command';
import { openProject } from '../openProject';
import { formatRowDiff } from '../rowDiffText';

export const diff: Command = {
  options: { values: ['from', 'to'], formats: ['text', 'json'], maxPositionals: 1 },
  async run({ arguments: typed, terminal, signal }) {
    const opened = await openProject(typed.project, signal);
    if (!opened.ok) {
      opened.problem.forEach(terminal.problem);
      return 2;
    }
    const [dataset] = typed.positionals;
    if (dataset === undefined) {
      terminal.problem(noDataset(opened.value.project.datasets));
      return 2;
    }
    // The last one counts, as with other tools.
    const [from, to] = ['from', 'to'].map((name) => typed.values.get(name)?.at(-1));
    const compared = await diffDataset({
      ...opened.value,
      dataset,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      engine: engineBeside(__dirname),
      signal,
      onProgress: (progress) => terminal.progress(`${progress.dataset}: ${progress.what}`),
    });
    if (!compared.ok) {
      terminal.problem(compared.problem);
      return 2;
    }
    if (typed.format === 'json') terminal.json(compared.value);
    else terminal.write(formatRowDiff(compared.value));
    return 0;
  },
};

function noDataset(datasets: readonly Dataset[]): Problem {
  const names = datasets.map(({ name }) => name);
  return {
    code: 'usage',
    message: 'Which dataset? `ml-preflight diff DATASET [--from VERSION] [--to VERSION]`',
    fix: names.length === 0 ? 'Name one in preflight.yaml.' : `There are: ${names.join(', ')}.`,
  };
}
