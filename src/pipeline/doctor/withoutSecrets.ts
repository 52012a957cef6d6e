import type { DoctorGroup, DoctorLine, DoctorReport } from './doctorReport';

/** Whole words: `--hf-token`, not `--tokenizer` or `--max-tokens`. */
const NAME = String.raw`(?:(?:[\w-]*[_-])?(?:token|secret|api[_-]?key|access[_-]?key|credentials?)|[\w-]*passw(?:or)?d)(?:[_-][\w-]*)?`;
const VALUE = String.raw`(?:"[^"]*"|'[^']*'|[^\s'"]+)`;
/** `https://user:password@host` */
const IN_URL = /([a-z][\w+.-]*:\/\/)[^/\s@]+@/gi;
/** `--token x`, `--api-key=x`, `AWS_SECRET_ACCESS_KEY=x` */
const NAMED = new RegExp(`((?:^|[\\s;&|(])-{0,2}${NAME}(?:=|:\\s*))${VALUE}`, 'gi');
const OPTION = new RegExp(`((?:^|\\s)--?${NAME}\\s+)(?!-)${VALUE}`, 'gi');

/** A text that somebody may paste into a public place: without credentials of URLs and values of secrets. */
export function withoutSecrets(text: string): string {
  return text.replace(IN_URL, '$1\u2026@').replace(NAMED, '$1\u2026').replace(OPTION, '$1\u2026');
}

/** The folder of the person as `~`: it has their name. */
export function withoutHome(text: string, home: string): string {
  if (home.length < 2) return text;
  return text.replaceAll(new RegExp(`${escapeRegExp(home)}(?![\\w.-])`, 'g'), '~');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The report with every text changed. */
export function mapTexts(report: DoctorReport, change: (text: string) => string): DoctorReport {
  return {
    ...report,
    headline: change(report.headline),
    groups: report.groups.map((group) => mapGroup(group, change)),
  };
}

function mapGroup(group: DoctorGroup, change: (text: string) => string): DoctorGroup {
  return { title: change(group.title), lines: group.lines.map((line) => mapLine(line, change)) };
}

function mapLine(line: DoctorLine, change: (text: string) => string): DoctorLine {
  const { notes, fix, file, facts } = line;
  return {
    ...line,
    name: change(line.name),
    value: change(line.value),
    ...(notes && { notes: notes.map(change) }),
    ...(fix !== undefined && { fix: change(fix) }),
    ...(file !== undefined && { file: change(file) }),
    ...(facts && {
      facts: Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [
          name,
          typeof value === 'string' ? change(value) : value,
        ]),
      ),
    }),
  };
}
