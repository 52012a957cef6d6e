/** A place in a Python traceback. */
export interface TracebackFrame {
  /** As Python wrote it: absolute, or relative to the working directory of the process. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Traceback {
  /** From the outermost call to where the error was raised. */
  readonly frames: readonly TracebackFrame[];
  /** `ValueError: could not convert string to float`, the first line of what Python says. */
  readonly error: string;
}

const FRAME = /^\s*File "([^"\n]+)", line (\d+)(?:, in .+)?$/;
const ERROR = /^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?::\s.*)?$/;
/** Exception groups draw a tree to the left of their tracebacks. */
const GROUP_MARGIN = /^(?:\s*[|+])+(?:-+\s*\d*\s*-+)?/;

/**
 * The last uncaught error that Python (3.8 and later) reported in a program's output; undefined where it reported none.
 * Of a chain of errors it is the last one, which ended the program. A syntax error has one frame.
 */
export function readTraceback(output: string): Traceback | undefined {
  let found: Traceback | undefined;
  let frames: TracebackFrame[] = [];
  for (const raw of output.split(/\r?\n/)) {
    const line = raw.replace(GROUP_MARGIN, '');
    if (line.trimStart().startsWith('Traceback (most recent call last)')) {
      frames = [];
      continue;
    }
    const frame = FRAME.exec(line);
    if (frame !== null) frames.push({ file: frame[1] ?? '', line: Number(frame[2]) });
    else if (frames.length > 0 && ERROR.test(line.trimStart()) && !line.startsWith('    ')) {
      found = { frames, error: line.trim() };
      frames = [];
    }
  }
  return found;
}
