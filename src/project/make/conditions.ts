import { isUnknown } from './makeFunctions';
import { splitArguments } from './makeSyntax';
import type { MakeVariables } from './makeVariables';

/** `unknown`: only running could tell, so that all branches are read. */
type Branch = 'taken' | 'skipped' | 'unknown';

interface Frame {
  branch: Branch;
  /** Whether an earlier branch was taken, so that no later one can be. */
  wasTaken: boolean;
}

const CONDITION = /^(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)$/s;

/** The conditional parts of a makefile that are open at a line (GNU make manual, chapter 7). */
export class Conditions {
  private readonly frames: Frame[] = [];

  constructor(private readonly variables: MakeVariables) {}

  get isActive(): boolean {
    return this.frames.every(({ branch }) => branch !== 'skipped');
  }

  get isOpen(): boolean {
    return this.frames.length > 0;
  }

  /** Takes a line that is a condition, `else` or `endif`; false for any other. */
  take(text: string): boolean {
    const [, elseCondition] = /^else\b\s*(.*)$/s.exec(text) ?? [];
    if (/^endif\b/.test(text)) this.frames.pop();
    else if (elseCondition !== undefined) this.takeElse(elseCondition);
    else if (CONDITION.test(text)) {
      const branch = this.isActive ? this.judge(text) : 'skipped';
      this.frames.push({ branch, wasTaken: branch === 'taken' });
    } else return false;
    return true;
  }

  private takeElse(condition: string): void {
    const frame = this.frames.at(-1);
    if (frame === undefined) return;
    const wasUnknown = frame.branch === 'unknown';
    frame.branch = frame.wasTaken ? 'skipped' : condition === '' ? 'taken' : this.judge(condition);
    if (wasUnknown && frame.branch === 'taken') frame.branch = 'unknown';
    frame.wasTaken ||= frame.branch === 'taken';
  }

  private judge(text: string): Branch {
    const [, word = '', rest = ''] = CONDITION.exec(text) ?? [];
    if (word === 'ifdef' || word === 'ifndef') {
      const isDefined = this.variables.isDefined(this.variables.expand(rest.trim()));
      return isDefined === (word === 'ifdef') ? 'taken' : 'skipped';
    }
    const [left, right] = sidesOf(rest).map((side) => this.variables.expand(side).trim());
    if (left === undefined || right === undefined) return 'unknown';
    if (isUnknown(left) || isUnknown(right)) return 'unknown';
    return (left === right) === (word === 'ifeq') ? 'taken' : 'skipped';
  }
}

/** `(a,b)`, `"a" "b"`, `'a' "b"`. */
function sidesOf(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('(')) return splitArguments(trimmed.slice(1, -1), 2);
  return [...trimmed.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, a, b]) => a ?? b ?? '');
}
