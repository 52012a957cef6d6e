import { showControls } from '../../base/escape';
import { readStatus } from '../../pipeline/status';
import type { Command } from '../command';
import { openProject } from '../openProject';
import { formatTable } from '../textTable';

export const status: Command = {
  options: { formats: ['text', 'json'], maxPositionals: 0 },
  async run({ arguments: { project, format }, terminal, signal }) {
    const opened = await openProject(project, signal);
    if (!opened.ok) {
      opened.problem.forEach(terminal.problem);
      return 2;
    }
    const stages = await readStatus(opened.value.project, opened.value.stateFolder);
    if (format === 'json') {
      terminal.json({ stages });
      return 0;
    }
    for (const problem of opened.value.project.problems) terminal.problem(problem);
    if (stages.length === 0) {
      terminal.write('No stages were found here. Describe them in preflight.yaml, under `stages`.');
      return 0;
    }
    const rows = stages.map((stage) => [
      stage.id,
      stage.status,
      stage.reasons.map(showControls).join('; '),
    ]);
    terminal.write(formatTable([{ title: 'Stage' }, { title: 'Status' }, { title: 'Why' }], rows));
    return 0;
  },
};
