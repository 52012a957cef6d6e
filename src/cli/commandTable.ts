import type { Command } from './command';

interface CommandEntry {
  readonly usage: string;
  readonly summary: string;
  /** What its options do, where the usage does not say it: the option and a phrase. */
  readonly options?: readonly (readonly [string, string])[];
  /** Loaded when the command is typed, so that `check` does not pay for what `run` needs. */
  load(): Promise<Command>;
}

/** Every command: a new one is a file under commands/ and a line here. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  detect: {
    usage: 'detect',
    summary: 'What the project is made of: stages, datasets, models, metrics, with the evidence',
    load: async () => (await import('./commands/detect')).detect,
  },
  status: {
    usage: 'status',
    summary: 'Which stages are fresh, stale, failed or never ran, and why',
    load: async () => (await import('./commands/status')).status,
  },
  run: {
    usage: 'run [STAGE…] [OPTION…]',
    summary: 'Run what is not fresh of these stages and what they need; without a name, of all',
    options: [
      ['--downstream', 'also what builds on them'],
      ['--single-item', 'only these stages, not what they need'],
      ['--force', 'fresh ones too'],
      ['--set KEY=VALUE', 'another value of a parameter in this run alone; repeatable'],
      ['--jobs N', 'as many at once, within the resources of preflight.yaml'],
      ['--keep-going', 'after a failure, go on with what does not need the failed one'],
      ['--dry-run', 'say what would run, and why'],
    ],
    load: async () => (await import('./commands/run')).run,
  },
  validate: {
    usage:
      'validate [DATASET…] [--against VERSION|DATASET] [--write-baseline] [--accept RULE:COLUMN]',
    summary: 'Profile the datasets and check them against their schema and baseline',
    options: [
      [
        '--quick',
        'read only the footers of Parquet files: what they show is certain, nothing passes',
      ],
      ['--rows N', 'list so many of the rows that each finding is about; at most 20'],
    ],
    load: async () => (await import('./commands/validate')).validate,
  },
  import: {
    usage: 'import FILE [--dataset NAME]',
    summary:
      "Take over another tool's schema: a suite of Great Expectations, pandera, TFDV, JSON Schema",
    load: async () => (await import('./commands/import')).importSchema,
  },
  diff: {
    usage: 'diff DATASET [--from VERSION] [--to VERSION]',
    summary: 'The rows that changed between two versions of a dataset; default: HEAD and worktree',
    load: async () => (await import('./commands/diff')).diff,
  },
  compare: {
    usage: 'compare [BASE] [CANDIDATE]',
    summary: 'Compare the metrics of two versions; default: the baseline and the work tree',
    load: async () => (await import('./commands/compare')).compare,
  },
  check: {
    usage: 'check [--staged]',
    summary: 'The gate: may this change go in? --staged judges what would be committed',
    load: async () => (await import('./commands/check')).check,
  },
  models: {
    usage: 'models [list]',
    summary: 'Every version of each model, newest first',
    load: async () => (await import('./commands/models')).models,
  },
  hook: {
    usage: 'hook install | uninstall | status | verify',
    summary: 'Put the gate into `git commit`, or take it out',
    load: async () => (await import('./commands/hook')).hook,
  },
  doctor: {
    usage: 'doctor',
    summary:
      'What was found and what is missing: git, Python, tools, the data engine, the last run',
    load: async () => (await import('./commands/doctor')).doctor,
  },
};

export function formatHelp(version: string): string {
  const width = Math.max(...Object.values(COMMANDS).map((entry) => entry.usage.length));
  const lines = Object.values(COMMANDS).flatMap((entry) => [
    `  ${entry.usage.padEnd(width)}  ${entry.summary}`,
    ...(entry.options ?? []).map(
      ([option, effect]) => `    ${option.padEnd(width - 2)}    ${effect}`,
    ),
  ]);
  return [
    `ML Preflight ${version}: CI/CD for machine learning, before the commit`,
    '',
    'Usage: ml-preflight COMMAND [--project DIR] [--format text|json|markdown|junit|sarif]',
    '',
    ...lines,
    '',
    'Exit codes: 0 passed (warnings allowed), 1 failed, 2 could not judge, 130 interrupted.',
    '',
  ].join('\n');
}
