import type { DoctorGroup, DoctorLine, DoctorReport } from './doctorReport';

/** Whole words: `--hf-token`, not `--tokenizer` or `--max-tokens`. */
const NAME = String.raw`(?:(?:[\w-]*[_-])?(?:token|secret|api[_-]?key|access[_-]?key|credentials?|sig(?:nature)?)|[\w-]*passw(?:or)?d|[\w-]+_pwd)(?:[_-][\w-]*)?`;
const VALUE = String.raw`(?:"[^"]*"|'[^']*'|[^\s'"]+)`;
/** What is kept of a text, as the first group, and what is a secret after it. */
const SECRETS: readonly RegExp[] = [
  // `--token x`, `--api-key=x`, `AWS_SECRET_ACCESS_KEY=x`, `?token=x`, `"X-Api-Key: x"`
  new RegExp(`((?:^|[\\s;&|('"?])-{0,2}${NAME}(?:=|:\\s*))${VALUE}`, 'gi'),
  new RegExp(`((?:^|\\s)--?${NAME}\\s+)(?!-)${VALUE}`, 'gi'),
  /(\bauthorization\s*[:=]\s*(?:\w+\s+)?|\bbearer\s+)[^\s'"]+/gi,
  // curl's `-u name:password`
  /((?:^|\s)(?:-u\s*|--(?:proxy-)?user[\s=])['"]?[^\s:'"]+:)[^\s'"]+/g,
  /(\blogin\s+(?:--\S+\s+)*)[0-9a-f]{32,}\b/g,
  /(\bhooks\.slack\.com\/services\/|\bdiscord(?:app)?\.com\/api\/webhooks\/)[^\s'"]+/gi,
  // Those that say themselves what they are: GitHub, GitLab, Hugging Face, OpenAI, Slack, AWS, Google, npm, PyPI, JWT.
  /()\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{30,})/g,
  /()\b(?:sk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{16,}|xox[abprs]-[\w-]{8,}|AKIA[A-Z0-9]{12,}|AIza[\w-]{30,})/g,
  /()\b(?:pypi-[\w-]{16,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]+)/g,
];
/** `https://user:password@host` */
const IN_URL = /([a-z][\w+.-]*:\/\/)[^/\s@]+@/gi;

/** A text that somebody may paste into a public place: without credentials of URLs and values of secrets. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce(
    (clean, secret) => clean.replace(secret, '$1\u2026'),
    text.replace(IN_URL, '$1\u2026@'),
  );
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
