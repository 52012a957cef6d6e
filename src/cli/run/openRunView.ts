import type { OnRunEvent } from '../../pipeline/run/stageRun';
import type { Stage } from '../../project/project';
import { waiterForRoom } from '../outputStreams';
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

/** The runner waits for what `show` returns. */
export interface TerminalRunView extends Omit<RunView, 'show'> {
  readonly show: OnRunEvent;
  /** As the runner takes it. */
  readonly backlogBytes: number | undefined;
}

/** A live table on a terminal that can show one, else lines. */
export function openRunView(
  stages: readonly Stage[],
  jobs: number,
  terminal: Terminal,
  signal: AbortSignal,
): TerminalRunView {
  const { stdout } = process;
  const prefixed = jobs > 1 && stages.length > 1;
  const isAsked = (process.env['CI'] ?? '') === '' && (process.env[PLAIN] ?? '') === '';
  const isLive = terminal.colour && isAsked;
  const view = isLive
    ? new LiveView({ stages, terminal, stdout, prefixed })
    : new PlainView(terminal, (text) => void stdout.write(text), prefixed);
  const waitForRoom = waiterForRoom(stdout, signal);
  return {
    show: (event) => {
      // Who has been told to end does not fill the memory for a reader that does not read.
      const isTooMuch = signal.aborted && stdout.writableLength > BACKLOG_BYTES;
      if (event.type === 'output' && isTooMuch) return undefined;
      view.show(event);
      return waitForRoom();
    },
    interrupted: (count) => view.interrupted(count),
    close: () => view.close(),
    backlogBytes: stdout.isTTY ? BACKLOG_BYTES : undefined,
  };
}
