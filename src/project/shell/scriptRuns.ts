import { resolvePath } from '../paths';
import { splitCommands, type SimpleCommand } from './simpleCommands';

/** One script that a shell text runs. */
export interface ScriptRun {
  /** Where the script may be, relative to the project's root: one path, but more for `python -m`. */
  readonly paths: readonly string[];
  /** The folder it runs in, `cd` taken into account. */
  readonly cwd: string;
  /** What comes after the script. */
  readonly arguments: readonly string[];
  /** The command as it was written. */
  readonly text: string;
  /** 0-based line within the shell text. */
  readonly line: number;
}

/** Words that run the command that follows them, with those of their options that take a value. */
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u'],
  env: ['-u'],
  time: [],
  nohup: [],
  exec: [],
  command: [],
  srun: ['-n', '-N', '-p', '-c'],
  'uv run': ['--with', '--extra', '--group', '--python', '-p', '--project'],
  'poetry run': [],
  'pipenv run': [],
  'pdm run': [],
  'hatch run': [],
  'rye run': [],
  'pixi run': ['-e', '--environment'],
  'conda run': ['-n', '-p', '--name', '--prefix'],
  'micromamba run': ['-n', '-p'],
  'coverage run': ['--source', '--rcfile'],
};

/** Programs whose first plain argument is a script, with those of their options that take a value. */
const INTERPRETERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:.*\/)?(?:python|pythonw|pypy)[\d.]*(?:\.exe)?$|^py$/, ['-X', '-W']],
  [/^(?:.*\/)?(?:bash|sh|zsh|dash)$/, ['-o']],
  [/^(?:accelerate launch|torchrun|deepspeed|horovodrun|Rscript|papermill|julia)$/, []],
  [/^jupyter (?:execute|nbconvert|run)$/, ['--to', '--output', '--output-dir']],
];
const SCRIPT = /\.(?:py|sh|ipynb|R|r|jl)$/;

/** The scripts that a shell text runs from `cwd`, as far as its words say so; nothing is expanded or run. */
export function scriptRuns(text: string, cwd: string): readonly ScriptRun[] {
  const runs: ScriptRun[] = [];
  let folder = cwd;
  for (const command of splitCommands(text)) {
    const words = withoutWrappers(command.words);
    if (words[0] === 'cd') {
      folder = resolvePath(folder, words[1] ?? '.') ?? folder;
      continue;
    }
    const run = runOf(words, folder, command);
    if (run !== undefined) runs.push(run);
  }
  return runs;
}

function withoutWrappers(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const first = rest[0] ?? '';
    if (/^[A-Za-z_]\w*=/.test(first)) {
      rest = rest.slice(1);
      continue;
    }
    const pair = `${first} ${rest[1] ?? ''}`;
    const wrapper = pair in WRAPPERS ? pair : first in WRAPPERS ? first : undefined;
    if (wrapper === undefined) return rest;
    rest = withoutOptions(rest.slice(wrapper.split(' ').length), WRAPPERS[wrapper] ?? []);
  }
}

function withoutOptions(words: readonly string[], withValue: readonly string[]): readonly string[] {
  let index = 0;
  while (words[index]?.startsWith('-') === true)
    index += withValue.includes(words[index] ?? '') ? 2 : 1;
  return words.slice(index);
}

function runOf(
  words: readonly string[],
  folder: string,
  { text, line }: SimpleCommand,
): ScriptRun | undefined {
  const [first = '', second = ''] = words;
  const pair = INTERPRETERS.find(([name]) => name.test(`${first} ${second}`));
  const [, withValue] = pair ?? INTERPRETERS.find(([name]) => name.test(first)) ?? [];
  if (withValue === undefined) {
    if (!SCRIPT.test(first)) return undefined;
    return made([resolvePath(folder, first)], words.slice(1));
  }
  const rest = words.slice(pair === undefined ? 1 : 2);
  const module = rest.indexOf('-m');
  if (module !== -1 && rest.slice(0, module).every((word) => word.startsWith('-'))) {
    const name = rest[module + 1] ?? '';
    return made(moduleFiles(name, folder), rest.slice(module + 2));
  }
  const [script = '', ...after] = withoutOptions(rest, withValue);
  return SCRIPT.test(script) ? made([resolvePath(folder, script)], after) : undefined;

  function made(paths: readonly (string | undefined)[], after: readonly string[]): ScriptRun {
    return {
      paths: paths.filter((path) => path !== undefined),
      cwd: folder,
      arguments: after,
      text,
      line,
    };
  }
}

function moduleFiles(name: string, folder: string): (string | undefined)[] {
  const path = name.replaceAll('.', '/');
  return ['', 'src/'].flatMap((base) => [
    resolvePath(folder, `${base}${path}.py`),
    resolvePath(folder, `${base}${path}/__main__.py`),
  ]);
}
