import { resolvePath } from '../files/paths';
import { splitCommands, type SimpleCommand } from './simpleCommands';

/** One script that a shell text runs. */
export interface ScriptRun {
  /** Where the script may be, relative to the project's root: one path, but more for `python -m`. */
  readonly paths: readonly string[];
  /** The folder it runs in, `cd` taken into account. */
  readonly cwd: string;
  /** From the interpreter to the script, without what wraps it: `python -m src.train`. */
  readonly program: readonly string[];
  /** What comes after the script. */
  readonly arguments: readonly string[];
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

/**
 * The scripts that a shell text runs from `cwd`, as far as its words say so; nothing is expanded or run. A `cd` to a
 * folder that `hasFolder` does not know is skipped: READMEs enter the clone first.
 */
export function scriptRuns(
  text: string,
  cwd: string,
  hasFolder: (path: string) => boolean = () => true,
): readonly ScriptRun[] {
  const runs: ScriptRun[] = [];
  let folder = cwd;
  for (const command of splitCommands(text)) {
    const words = withoutWrappers(command.words);
    if (words[0] === 'cd') {
      const entered = resolvePath(folder, words[1] ?? '.');
      if (entered !== undefined && hasFolder(entered)) folder = entered;
      continue;
    }
    const run = runOf(words, folder, command);
    if (run !== undefined) runs.push(run);
  }
  return runs;
}

export function withoutWrappers(words: readonly string[]): readonly string[] {
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
  cwd: string,
  { line }: SimpleCommand,
): ScriptRun | undefined {
  const [first = '', second = ''] = words;
  const pair = INTERPRETERS.find(([name]) => name.test(`${first} ${second}`));
  const interpreter = pair ?? INTERPRETERS.find(([name]) => name.test(first));
  // Where the words that can be the script begin.
  const start = interpreter === undefined ? 0 : pair === undefined ? 1 : 2;
  const rest = words.slice(start);
  const plain = interpreter === undefined ? rest : withoutOptions(rest, interpreter[1]);
  const before = interpreter === undefined ? '' : words[words.length - plain.length - 1];
  const isModule = before === '-m';
  const [script = '', ...after] = plain;
  // What follows `-c` is the program itself.
  if (before === '-c' || (!isModule && !SCRIPT.test(script))) return undefined;
  const paths = isModule ? moduleFiles(script, cwd) : [resolvePath(cwd, script)];
  return {
    paths: paths.filter((path) => path !== undefined),
    cwd,
    program: words.slice(0, words.length - after.length),
    arguments: after,
    line,
  };
}

function moduleFiles(name: string, folder: string): (string | undefined)[] {
  const path = name.replaceAll('.', '/');
  return ['', 'src/'].flatMap((base) => [
    resolvePath(folder, `${base}${path}.py`),
    resolvePath(folder, `${base}${path}/__main__.py`),
  ]);
}
