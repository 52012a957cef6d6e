import { posix } from 'node:path';
import type { ProgramOption } from '../python/argumentParser';
import type { Module } from '../python/syntax';
import { quoteWithVariables } from '../shell/quoteWord';
import type { ScriptRun } from '../shell/scriptRuns';
import type { ScriptPlace } from './locatePath';

/**
 * The words that a script is given, where it cannot do without them: an option that is required or has no default.
 * Others are left to whoever wrote the command, because what CI passes (`--environment production`) is CI's.
 */
export function wordsNeeded(
  options: readonly ProgramOption[],
  run: ScriptRun | undefined,
): readonly string[] {
  if (run === undefined || run.arguments.length === 0) return [];
  // A script without options that is given words reads them itself.
  const isNeeded = options.length === 0 || options.some((option) => needs(option, run.arguments));
  return isNeeded ? run.arguments : [];
}

function needs(option: ProgramOption, words: readonly string[]): boolean {
  if (option.isRequired) return true;
  const isGiven = words.some((word) => option.flags.includes(word.replace(/=.*$/, '')));
  return isGiven && !option.isSwitch && option.defaultValue === undefined;
}

/** The command that runs a script in its working folder. */
export function scriptCommand(
  module: Module,
  { path, cwd }: ScriptPlace,
  run: ScriptRun | undefined,
  words: readonly string[],
): string {
  const asWritten = run === undefined ? undefined : programAsWritten(run);
  const program = asWritten ?? defaultProgram(module, posix.relative(cwd, path), cwd);
  return quoteWithVariables([...program, ...words]);
}

/** `python -m src.train` and `torchrun train.py` matter; how the interpreter is called does not. */
function programAsWritten({ program }: ScriptRun): readonly string[] | undefined {
  const isPython = /^(?:.*\/)?python[\d.]*(?:\.exe)?$|^py$/.test(program[0] ?? '');
  if (isPython) return program.includes('-m') ? ['python', ...program.slice(1)] : undefined;
  return program.length > 1 ? program : undefined;
}

function defaultProgram(module: Module, path: string, cwd: string): readonly string[] {
  // Relative imports work in a module only.
  const isRelative = module.scope.imports.some((one) => one.level > 0);
  if (!isRelative || cwd !== '.') return ['python', path];
  return ['python', '-m', path.replace(/\.py$/, '').replaceAll('/', '.')];
}
