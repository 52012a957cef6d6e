import { showControls } from '../base/escape';
import { formatProblem, type Problem } from '../base/problem';

export type Colour = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

const CLEAR_LINE = '\r\u001b[2K';

/** Results go to stdout, progress to stderr, colour only to a terminal. */
export interface Terminal {
  readonly colour: boolean;
  /** Results: text whose hostile parts are already escaped. */
  write(text: string): void;
  json(value: unknown): void;
  /** What is going on, in one line that the next one replaces; on a terminal only. */
  progress(text: string): void;
  /** What was done besides the result: one line on stderr. */
  notice(text: string): void;
  readonly problem: (problem: Problem) => void;
  paint(colour: Colour, text: string): string;
}

export function openTerminal(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): Terminal {
  const colour = stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  let progressShown = false;
  const clearProgress = (): void => {
    if (progressShown) stderr.write(CLEAR_LINE);
    progressShown = false;
  };
  const write = (text: string): void => {
    clearProgress();
    stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  };
  const notice = (text: string): void => {
    clearProgress();
    stderr.write(`${showControls(text)}\n`);
  };
  return {
    colour,
    write,
    notice,
    json: (value) => write(JSON.stringify(value, null, 2)),
    progress: (text) => {
      if (!stderr.isTTY) return;
      stderr.write(`${CLEAR_LINE}${showControls(text).slice(0, stderr.columns - 1)}`);
      progressShown = true;
    },
    problem: (problem) => notice(`ml-preflight: ${formatProblem(problem)}`),
    paint: (name, text) => {
      const [on, off] = CODES[name];
      return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
  };
}
