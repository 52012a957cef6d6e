/** How a line stands: `information` is neither good nor bad. */
export type DoctorState = 'ok' | 'information' | 'warning' | 'problem';

/** One thing that was looked at. Plain data, the same as its JSON; texts are not escaped. */
export interface DoctorLine {
  /** Stable and unique in its report: `git.hook`, `tool.dvc`. */
  readonly id: string;
  /** What was looked at: `git`, `dvc`. */
  readonly name: string;
  readonly state: DoctorState;
  /** What was found, in a phrase. */
  readonly value: string;
  /** What that rests on, and what else was found, a line each. */
  readonly notes?: readonly string[];
  /** What to do about it: one imperative sentence. */
  readonly fix?: string;
  /** What it is about; absolute. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** The same as plain values: bytes, seconds, milliseconds since the epoch, versions, absolute paths. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface DoctorGroup {
  readonly title: string;
  readonly lines: readonly DoctorLine[];
}

/**
 * What was found and what is missing. The JSON of `ml-preflight doctor` is this, and no name in it changes:
 * `{time, state, canWork, headline, groups: [{title, lines: [{id, name, state, value, notes, fix, file, line, facts}]}]}`.
 */
export interface DoctorReport {
  /** When it was made, milliseconds since the epoch. */
  readonly time: number;
  /** The gravest of its lines. */
  readonly state: DoctorState;
  /** Whether nothing that is needed is missing: no line is a `problem`. */
  readonly canWork: boolean;
  /** The answer in one sentence. */
  readonly headline: string;
  readonly groups: readonly DoctorGroup[];
}

/** Gravest first. */
export const DOCTOR_STATES: readonly DoctorState[] = ['problem', 'warning', 'information', 'ok'];

/** The report on these groups; those without lines are left out. */
export function buildReport(groups: readonly DoctorGroup[], time: number): DoctorReport {
  const lines = groups.flatMap((group) => group.lines);
  const has = (state: DoctorState): readonly DoctorLine[] =>
    lines.filter((line) => line.state === state);
  const state = DOCTOR_STATES.find((candidate) => has(candidate).length > 0) ?? 'ok';
  return {
    time,
    // Something always is only information.
    state: state === 'information' ? 'ok' : state,
    canWork: state !== 'problem',
    headline: headlineOf(has('problem'), has('warning')),
    groups: groups.filter((group) => group.lines.length > 0),
  };
}

function headlineOf(problems: readonly DoctorLine[], warnings: readonly DoctorLine[]): string {
  const [first, ...others] = problems;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return `Something needed is missing: ${first.name}: ${first.value.replace(/\.$/, '')}${more}`;
  }
  const count = warnings.length;
  if (count === 0) return 'Everything that is needed is here';
  const what = count === 1 ? '1 thing deserves' : `${count} things deserve`;
  return `Everything that is needed is here; ${what} a look`;
}
