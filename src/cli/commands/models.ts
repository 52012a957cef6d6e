import { showControls } from '../../base/escape';
import { formatAge, formatNumber } from '../../base/format';
import { listModelVersions } from '../../models/listVersions';
import type { ModelHistory } from '../../models/version';
import type { Command } from '../command';
import { openProject } from '../openProject';
import type { Terminal } from '../terminal';
import { formatTable } from '../textTable';

export const models: Command = {
  options: { formats: ['text', 'json'], maxPositionals: 1 },
  async run({ arguments: { project, format, positionals }, terminal, signal }) {
    if (positionals[0] !== undefined && positionals[0] !== 'list') {
      terminal.problem({
        code: 'usage',
        message: `models takes "list" so far, not "${positionals[0]}".`,
      });
      return 2;
    }
    const opened = await openProject(project, signal);
    if (!opened.ok) {
      opened.problem.forEach(terminal.problem);
      return 2;
    }
    if (opened.value.repository === undefined) {
      terminal.problem({
        code: 'not-a-repository',
        message: 'Model versions come from git, and this folder is in no repository.',
        fix: 'Run `git init`.',
      });
      return 2;
    }
    const histories = await listModelVersions(opened.value.project, opened.value.repository, {
      max: 1000,
    });
    if (!histories.ok) {
      terminal.problem(histories.problem);
      return 2;
    }
    if (format === 'json') terminal.json({ models: histories.value });
    else writeHistories(histories.value, terminal);
    return 0;
  },
};

function writeHistories(histories: readonly ModelHistory[], terminal: Terminal): void {
  if (histories.length === 0)
    terminal.write('No models were found here. Name them in preflight.yaml, under `models`.');
  for (const history of histories) {
    terminal.write(terminal.paint('bold', showControls(history.name)));
    const rows = history.versions.map((version) => [
      version.version,
      formatAge(version.time, Date.now()),
      version.author,
      version.subject,
      Object.entries(version.metrics)
        .map(([name, value]) => `${name} ${formatNumber(value)}`)
        .join(', '),
    ]);
    const columns = ['Version', 'When', 'Who', 'What', 'Metrics'].map((title) => ({ title }));
    terminal.write(
      rows.length === 0 ? 'No commit has metrics of this model yet.' : formatTable(columns, rows),
    );
  }
}
