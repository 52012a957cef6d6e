import { spawnSync } from 'node:child_process';

/** A target of a makefile's own rules, in the database that make prints. */
export interface DatabaseTarget {
  readonly name: string;
  readonly prerequisites: readonly string[];
  /** As it is written, nothing expanded. */
  readonly recipe: readonly string[];
  /** Phony with nothing to need or run: `.PHONY` may name what no rule makes, which the database does not tell. */
  readonly isBare: boolean;
}

export interface MakeDatabase {
  readonly targets: readonly DatabaseTarget[];
  readonly patternRecipes: readonly string[];
  /** Values of variables, as they are written. */
  readonly variables: string;
}

export interface MakePlace {
  readonly cwd: string;
  readonly makefile: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Nothing is a target of this name, so that no recipe is run; `$(shell …)` is, and included files are remade. */
const NO_TARGET = 'no target of this name';

/** The targets that the makefile itself names. */
export function readExplicitTargets(place: MakePlace): MakeDatabase {
  return readDatabase(place, ['--question', '--', NO_TARGET]);
}

/**
 * Those, and what pattern rules make of what they need. `--just-print` is no `--question`, which ends at the first
 * target that is not up to date; it runs lines with `+` and `$(MAKE)`.
 */
export function readAllTargets(place: MakePlace, goals: readonly string[]): MakeDatabase {
  return readDatabase(place, ['--just-print', '--keep-going', '--', ...goals]);
}

/** @throws with make's own words where it cannot read the makefile */
function readDatabase(place: MakePlace, words: readonly string[]): MakeDatabase {
  const flags = ['--print-data-base', '--no-builtin-rules', '--no-builtin-variables'];
  const { stdout, stderr } = askMake(place, [...flags, ...words]);
  // Those of other makes that this one ran come first.
  const text = stdout.slice(Math.max(0, stdout.lastIndexOf('\n# Make data base, printed on ')));
  const files = text.split('\n# Files\n')[1]?.split('\n# files hash-table')[0];
  if (files === undefined) throw new Error(stderr.trim());
  const makefiles = new Set((/^MAKEFILE_LIST :?= (.*)$/m.exec(text)?.[1] ?? '').split(' '));
  const patterns = text.split('\n# Implicit Rules\n')[1]?.split('\n# Files\n')[0] ?? '';
  const targets = files.split('\n\n').flatMap((block) => targetOf(block) ?? []);
  return {
    targets: targets.filter(({ name, recipe }) => !makefiles.has(name) || recipe.length > 0),
    patternRecipes: patterns.match(/^\t.*$/gm) ?? [],
    variables: text.split('\n# Implicit Rules\n')[0] ?? '',
  };
}

function targetOf(block: string): DatabaseTarget | undefined {
  if (block.includes('# Not a target:')) return undefined;
  const [, name, rest = ''] = /^([^#\t\n][^\n]*?)::?(?: ([^\n]*))?$/m.exec(block) ?? [];
  // Special ones, `.PHONY` and its like, are no targets.
  if (name === undefined || /^\.[A-Z_]+$/.test(name)) return undefined;
  return {
    name,
    prerequisites: rest
      .replace(/ ?\| ?/, ' ')
      .trim()
      .split(/ +/),
    recipe: block.match(/^\t.*$/gm) ?? [],
    isBare: rest === '' && block.includes('#  Phony target') && !/^\t/m.test(block),
  };
}

/** Runs make, whose exit code says little: 1 with `--question` for what is not up to date, 2 for an error. */
export function askMake(
  { cwd, makefile, env }: MakePlace,
  words: readonly string[],
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync('make', [`--file=${makefile}`, ...words], {
    cwd,
    env: { ...(env ?? process.env), LC_ALL: 'C' },
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

/** Whether make takes a target for up to date. */
export function isUpToDate(place: MakePlace, target: string): boolean {
  return askMake(place, ['--question', '--', target]).status === 0;
}
