import type { PipelineTool } from '../project';

/** What the words of a command ask a tool to run. */
export interface ToolRequest {
  /** `any`: our own command line runs the stages of every tool. */
  readonly tool: PipelineTool | 'any';
  /** Names of stages, or paths of what they write; none is the tool's whole pipeline. */
  readonly targets: readonly string[];
  /** Whether what the targets need runs too. */
  readonly upstream: boolean;
  /** The folder that the tool changes to first. */
  readonly folder?: string;
}

/** How one program is asked; a new one is a line here. */
interface ToolCommand {
  /** The words that it begins with. */
  readonly words: string;
  readonly read: (rest: readonly string[]) => ToolRequest;
}

const SNAKEMAKE_VALUES = [
  '-s',
  '--snakefile',
  '-j',
  '--jobs',
  '-c',
  '--cores',
  '-d',
  '--directory',
  '--configfile',
  '--config',
  '--profile',
  '--sdm',
  '--software-deployment-method',
  '--until',
  '-U',
];

const COMMANDS: readonly ToolCommand[] = [
  { words: 'dvc repro', read: readDvc },
  { words: 'dvc exp run', read: readDvc },
  { words: 'snakemake', read: (rest) => pipeline('snakemake', plainWords(rest, SNAKEMAKE_VALUES)) },
  { words: 'make', read: readMake },
  { words: 'gmake', read: readMake },
  { words: 'kedro run', read: readKedro },
  { words: 'mlflow run', read: readMlflow },
  ...['npm run', 'yarn run', 'pnpm run'].map((words) => ({
    words,
    read: (rest: readonly string[]) => single('npm', rest.slice(0, 1)),
  })),
  ...['poe', 'task', 'pdm run', 'hatch run', 'pixi run', 'rye run'].map((words) => ({
    words,
    read: (rest: readonly string[]) => pipeline('pyproject', plainWords(rest, ['-e']).slice(0, 1)),
  })),
  {
    words: 'ml-preflight run',
    read: (rest) => pipeline('any', plainWords(rest, ['--jobs', '--set', '--project'])),
  },
];

/** What a command runs through the tool that owns the stages; undefined where it is no such command. */
export function readToolCommand(words: readonly string[]): ToolRequest | undefined {
  const line = words.map((word, at) => (at === 0 ? word.replace(/^.*\//, '') : word));
  for (const { words: beginning, read } of COMMANDS) {
    const expected = beginning.split(' ');
    if (expected.every((word, at) => line[at] === word)) return read(line.slice(expected.length));
  }
  return undefined;
}

function readDvc(rest: readonly string[]): ToolRequest {
  const values = ['-S', '--set-param', '-n', '--name', '-C', '--cwd', '-j', '--jobs'];
  const isSingle = rest.includes('-s') || rest.includes('--single-item');
  return { tool: 'dvc', targets: plainWords(rest, values), upstream: !isSingle };
}

function readMake(rest: readonly string[]): ToolRequest {
  const targets = plainWords(rest, ['-C', '-f', '-j', '-I', '--directory', '--file']);
  const folder = valueOf(rest, ['-C', '--directory']);
  return {
    ...pipeline(
      'make',
      targets.filter((word) => !word.includes('=')),
    ),
    ...(folder === undefined ? {} : { folder }),
  };
}

function readKedro(rest: readonly string[]): ToolRequest {
  const names = valueOf(rest, ['--pipeline', '--pipelines', '-p']);
  return single('kedro', names?.split(',') ?? []);
}

function readMlflow(rest: readonly string[]): ToolRequest {
  return single('mlflow', [valueOf(rest, ['-e', '--entry-point']) ?? 'main']);
}

function pipeline(tool: ToolRequest['tool'], targets: readonly string[]): ToolRequest {
  return { tool, targets, upstream: true };
}

function single(tool: ToolRequest['tool'], targets: readonly string[]): ToolRequest {
  return { tool, targets, upstream: false };
}

function plainWords(words: readonly string[], withValue: readonly string[]): readonly string[] {
  const values = new Set(withValue);
  return words.filter(
    (word, at) => word !== '' && !word.startsWith('-') && !values.has(words[at - 1] ?? ''),
  );
}

/** Of `-e train` and `--entry-point=train`. */
function valueOf(words: readonly string[], options: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (options.includes(word)) return words[at + 1];
    const option = options.find((one) => one.startsWith('--') && word.startsWith(`${one}=`));
    if (option !== undefined) return word.slice(option.length + 1);
  }
  return undefined;
}
