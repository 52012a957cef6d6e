import type {
  DoctorGroup,
  DoctorLine,
  DoctorReport,
  DoctorState,
} from '../../src/protocol/content';
import type { ReasonAction, ReasonItem } from '../shared/reasonItem';
import { TONE_WEIGHTS, type Tone } from '../shared/tone';

const TONES = {
  ok: 'pass',
  information: 'info',
  warning: 'warning',
  problem: 'error',
} as const satisfies Readonly<Record<DoctorState, Tone>>;

const WORDS = {
  ok: 'OK',
  information: 'Information',
  warning: 'Warning',
  problem: 'Problem',
} as const satisfies Readonly<Record<DoctorState, string>>;

export function toneOfReport({ state }: DoctorReport): Tone {
  return TONES[state];
}

/** What is wrong, the gravest first; the order of the report among the equally grave. */
export function doctorReasons(report: DoctorReport): readonly ReasonItem[] {
  return report.groups
    .flatMap(({ title, lines }) => lines.filter(isWrong).map((line) => doctorReason(line, title)))
    .toSorted((a, b) => TONE_WEIGHTS[b.tone] - TONE_WEIGHTS[a.tone]);
}

/** The groups with what is not wrong. */
export function quietGroups(report: DoctorReport): readonly DoctorGroup[] {
  return report.groups
    .map(({ title, lines }) => ({ title, lines: lines.filter((line) => !isWrong(line)) }))
    .filter(({ lines }) => lines.length > 0);
}

function isWrong({ state }: DoctorLine): boolean {
  return state === 'problem' || state === 'warning';
}

function doctorReason(line: DoctorLine, group: string): ReasonItem {
  const { id, name, state, value, notes, fix } = line;
  return {
    key: id,
    tone: TONES[state],
    word: WORDS[state],
    subject: name,
    rule: group,
    message: value,
    notes: notes ?? [],
    fix,
    links: lineActions(line),
    buttons: [],
  };
}

/** What a line can lead to: its file, or the command that changes it. */
export function lineActions({ id, name, file, line, facts }: DoctorLine): readonly ReasonAction[] {
  if (id.endsWith('git.hook') && facts?.['installed'] === false) {
    const command = 'mlPreflight.hook.install';
    return [{ title: 'Install Commit Gate', message: { type: 'run', command, arguments: [] } }];
  }
  // A folder is nothing to open in an editor.
  if (file === undefined || id.endsWith('state.folder')) return [];
  const title = id.endsWith('state.lastRun') ? 'Open Log' : `Open ${name}`;
  const message = { type: 'open', file, ...(line === undefined ? {} : { line }) } as const;
  return [{ title, message }];
}
