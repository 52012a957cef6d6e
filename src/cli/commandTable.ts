import type { Command } from './command';

interface CommandEntry {
  readonly usage: string;
  readonly summary: string;
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
    usage: 'run [STAGE…] [--jobs N] [--force] [--dry-run] [--downstream]',
    summary: 'Run stages in dependency order; without a name, the whole pipeline',
    load: async () => (await import('./commands/run')).run,
  },
  validate: {
    usage: 'validate [DATASET…] [--write-baseline] [--accept RULE:COLUMN]',
    summary: 'Profile the datasets and check them against their schema and baseline',
    load: async () => (await import('./commands/validate')).validate,
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
  const lines = Object.values(COMMANDS).map(
    (entry) => `  ${entry.usage.padEnd(width)}  ${entry.summary}`,
  );
  return [
    `ML Preflight ${version}: CI/CD for machine learning, before the commit`,
    '',
    'Usage: ml-preflight COMMAND [--project DIR] [--format text|json|markdown|junit|sarif]',
    '',
    ...lines,
    '',
    'Exit codes: 0 passed (warnings allowed), 1 failed, 2 could not judge.',
    '',
  ].join('\n');
}
