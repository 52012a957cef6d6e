import { showControls } from '../../base/escape';
import { formatAge, formatSeconds } from '../../base/format';
import type { RunEvent, StageRun } from '../../pipeline/run/stageRun';
import type { Colour, Terminal } from '../terminal';

/** One line for what happens to a stage, escaped and painted. Output is none of it. */
export function describeEvent(
  event: Exclude<RunEvent, { type: 'output' }>,
  terminal: Terminal,
): string {
  switch (event.type) {
    case 'started':
      return terminal.paint('bold', describeStart(event));
    case 'notice':
      return terminal.paint('yellow', showControls(event.text));
    case 'finished':
      return terminal.paint(colourOf(event.run.status), describeRun(event.run));
  }
}

function describeStart(event: Extract<RunEvent, { type: 'started' }>): string {
  const { stage, command, attached, time, copy } = event;
  const line = `> ${showControls(stage)}: ${showControls(command)}`;
  if (attached !== undefined) {
    return `${line}\n  (process ${attached} is running it, started ${formatAge(time, Date.now())}: following it)`;
  }
  return copy === undefined ? line : `${line}\n  (in a copy of the project: ${showControls(copy)})`;
}

export function colourOf(status: StageRun['status']): Colour {
  switch (status) {
    case 'succeeded':
      return 'green';
    case 'failed':
      return 'red';
    case 'cancelled':
      return 'yellow';
    case 'skipped':
      return 'dim';
  }
}

function describeRun({ stage, status, exitCode, seconds, log, reason }: StageRun): string {
  const after = log === null ? '' : ` after ${formatSeconds(seconds)}`;
  const code = exitCode === null || exitCode === 0 ? '' : `, exit code ${exitCode}`;
  const why = reason === undefined ? '' : `: ${showControls(reason)}`;
  return `${showControls(stage)}: ${status}${after}${code}${why}`;
}
