import { compareVersions } from '../../models/compareVersions';
import type { Command } from '../command';
import { formatComparisonMarkdown, formatComparisonText } from '../comparisonText';
import { openProject } from '../openProject';
import { exitCodeOf } from '../exitCode';

export const compare: Command = {
  options: { formats: ['text', 'json', 'markdown'], maxPositionals: 2 },
  async run({ arguments: { project, format, positionals }, terminal, signal }) {
    const opened = await openProject(project, signal);
    if (!opened.ok) {
      opened.problem.forEach(terminal.problem);
      return 2;
    }
    const [base, candidate] = positionals;
    const compared = await compareVersions({
      project: opened.value.project,
      repository: opened.value.repository,
      rules: opened.value.config.gate?.metrics ?? {},
      ...(base === undefined ? baselineOf(opened.value.config.gate?.baseline) : { base }),
      ...(candidate === undefined ? {} : { candidate }),
    });
    if (!compared.ok) {
      terminal.problem(compared.problem);
      return 2;
    }
    if (format === 'json') terminal.json(compared.value);
    else if (format === 'markdown') terminal.write(formatComparisonMarkdown(compared.value));
    else terminal.write(formatComparisonText(compared.value));
    return exitCodeOf(compared.value.verdict, compared.value.problems.length > 0);
  },
};

function baselineOf(configured: string | undefined): { base?: string } {
  return configured === undefined ? {} : { base: configured };
}
