import type { PlannedStage } from '../../pipeline/run/previewRun';
import type { Stage } from '../../project/project';
import type { Terminal } from '../terminal';
import { formatTable } from '../textTable';

/** What a run would do. */
export function writePlan(
  stages: readonly Stage[],
  preview: readonly PlannedStage[],
  json: boolean,
  terminal: Terminal,
): void {
  const plan = preview.map(({ stage, action, reasons }) => {
    const found = stages.find((candidate) => candidate.id === stage);
    return { stage, action, reasons, command: found?.command ?? '', cwd: found?.cwd ?? '.' };
  });
  if (json) {
    terminal.json({ runs: [], plan });
    return;
  }
  const rows = plan.map(({ stage, action, reasons, command }) => [
    stage,
    action,
    command,
    reasons.join('; '),
  ]);
  const columns = ['Stage', 'Would', 'Command', 'Why'].map((title) => ({ title }));
  terminal.write(formatTable(columns, rows));
}
