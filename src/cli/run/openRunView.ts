import type { Stage } from '../../project/project';
import type { Terminal } from '../terminal';
import { LiveView } from './liveView';
import { PlainView } from './plainView';
import type { RunView } from './runView';

/** A terminal that shows less than this behind the output is not worth waiting for: the rest is in the log. */
const BACKLOG_BYTES = 2 ** 22;

/**
 * Set by a host that shows the stages itself. The editor changes the width of a task's terminal while it opens, and then
 * nobody can tell where a table ends.
 */
const PLAIN = 'ML_PREFLIGHT_PLAIN';

/** A live table on a terminal that can show one, else lines. */
export function openRunView(
  stages: readonly Stage[],
  jobs: number,
  terminal: Terminal,
): RunView & { readonly backlogBytes: number | undefined } {
  const { stdout, stderr } = process;
  // A terminal that is closed, or a reader that has gone, does not end what runs.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const prefixed = jobs > 1 && stages.length > 1;
  const isAsked = (process.env['CI'] ?? '') === '' && (process.env[PLAIN] ?? '') === '';
  const isLive = terminal.colour && isAsked;
  const view = isLive
    ? new LiveView({ stages, terminal, stdout, prefixed })
    : new PlainView(terminal, (text) => void stdout.write(text), prefixed);
  return {
    show: (event) => view.show(event),
    interrupted: (count) => view.interrupted(count),
    close: () => view.close(),
    backlogBytes: stdout.isTTY ? BACKLOG_BYTES : undefined,
  };
}
