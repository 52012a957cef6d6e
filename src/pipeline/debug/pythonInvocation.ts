import { failed, ok, type Result } from '../../base/result';

/** What Python runs in a command. */
export interface PythonInvocation {
  readonly target:
    | { readonly kind: 'program'; readonly path: string }
    | { readonly kind: 'module'; readonly name: string }
    | { readonly kind: 'code'; readonly code: string }
    /** A program of the environment, which may be Python's: `kedro-viz`. */
    | { readonly kind: 'script'; readonly name: string };
  readonly args: readonly string[];
  readonly pythonArgs: readonly string[];
  /** The interpreter where the command names one by its path. */
  readonly interpreter?: string;
}

const INTERPRETER = /^(?:.*[/\\])?(?:python|pythonw|pypy)[\d.]*(?:\.exe)?$|^py$/;

/** Programs that are modules of their packages: the debugger starts these. */
const MODULES: Readonly<Record<string, string>> = {
  'accelerate launch': 'accelerate.commands.launch',
  torchrun: 'torch.distributed.run',
  deepspeed: 'deepspeed.launcher.runner',
  horovodrun: 'horovod.runner.launch',
  kedro: 'kedro',
  pytest: 'pytest',
  streamlit: 'streamlit',
};

/** Programs that are not debugged themselves, and why. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:dvc|make|gmake|snakemake|mlflow run|npm|yarn|pnpm|airflow|docker|nox|tox|just|task)$/,
    'it starts other programs: debug the stage that runs Python',
  ],
  [
    /^(?:papermill|jupyter|jupyter-[\w-]+|ploomber)$/,
    'it runs a notebook: debug its cells in the notebook editor',
  ],
  [/^(?:bash|sh|zsh|dash|fish)$|\.sh$/, 'it is a shell script'],
  [/^(?:Rscript|R|julia)$|\.(?:R|r|jl)$/, 'it is not Python'],
];

/** What Python runs in the words of a command; else why it is nothing for the debugger, as a phrase. */
export function readPythonInvocation(words: readonly string[]): Result<PythonInvocation, string> {
  const [first = '', second = ''] = words;
  if (INTERPRETER.test(first)) return readInterpreter(first, words.slice(1));
  const name = (first.split(/[/\\]/).at(-1) ?? '').replace(/\.exe$/, '');
  for (const [length, program] of [
    [2, `${name} ${second}`],
    [1, name],
  ] as const) {
    const module = Object.hasOwn(MODULES, program) ? MODULES[program] : undefined;
    if (module === undefined) continue;
    const target = { kind: 'module', name: module } as const;
    return ok({ target, args: words.slice(length), pythonArgs: [] });
  }
  for (const [program, why] of OTHERS) {
    if (program.test(name) || program.test(`${name} ${second}`)) return failed(why);
  }
  const args = words.slice(1);
  if (first.endsWith('.py')) {
    return ok({ target: { kind: 'program', path: first }, args, pythonArgs: [] });
  }
  return ok({ target: { kind: 'script', name: first }, args, pythonArgs: [] });
}

/** Options without a value, then the one that the program comes with: `-um`. */
const PROGRAM_OPTION = /^-([bBdEiIOPqsSuvx]*)([mc])(.*)$/s;

/** https://docs.python.org/3/using/cmdline.html */
function readInterpreter(
  interpreter: string,
  words: readonly string[],
): Result<PythonInvocation, string> {
  const named = /[/\\]/.test(interpreter) ? { interpreter } : {};
  const pythonArgs: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const args = words.slice(index + 1);
    if (word === '-') return failed('its program comes from the standard input');
    if (!word.startsWith('-')) {
      const target = { kind: 'program', path: word } as const;
      return ok({ target, args, pythonArgs, ...named });
    }
    const program = PROGRAM_OPTION.exec(word);
    if (program !== null) return ok({ ...readProgram(program, args, pythonArgs), ...named });
    pythonArgs.push(word);
    if (/^-[XW]$/.test(word)) pythonArgs.push(words[++index] ?? '');
  }
  return failed('it starts Python without a program');
}

function readProgram(
  [, flags = '', option, attached = '']: RegExpExecArray,
  after: readonly string[],
  before: readonly string[],
): PythonInvocation {
  const [value = '', ...args] = attached === '' ? after : [attached, ...after];
  const pythonArgs = flags === '' ? before : [...before, `-${flags}`];
  const target =
    option === 'm'
      ? ({ kind: 'module', name: value } as const)
      : ({ kind: 'code', code: value } as const);
  return { target, args, pythonArgs };
}
