import { parse, TomlError } from 'smol-toml';
import type { Problem } from '../../base/problem';
import type { NamedTask } from './taskStage';
import { findTomlLine } from './tomlLines';

interface TaskTable {
  /** The way to the table, `*` for every environment. */
  readonly path: readonly string[];
  readonly runner: (name: string, environment: string) => readonly string[];
}

/** Where tools keep their tasks in pyproject.toml. */
const TABLES: readonly TaskTable[] = [
  { path: ['tool', 'poe', 'tasks'], runner: (name) => ['poe', name] },
  { path: ['tool', 'pdm', 'scripts'], runner: (name) => ['pdm', 'run', name] },
  { path: ['tool', 'rye', 'scripts'], runner: (name) => ['rye', 'run', name] },
  { path: ['tool', 'taskipy', 'tasks'], runner: (name) => ['task', name] },
  { path: ['tool', 'pixi', 'tasks'], runner: (name) => ['pixi', 'run', name] },
  {
    path: ['tool', 'hatch', 'envs', '*', 'scripts'],
    runner: (name, environment) => [
      'hatch',
      'run',
      environment === 'default' ? name : `${environment}:${name}`,
    ],
  },
];
const PIXI: readonly TaskTable[] = [
  { path: ['tasks'], runner: (name) => ['pixi', 'run', name] },
  { path: ['feature', '*', 'tasks'], runner: (name) => ['pixi', 'run', name] },
];

type Table = Readonly<Record<string, unknown>>;

/** The tasks of a pyproject.toml or pixi.toml. Problem `toml-invalid`. */
export function readTomlTasks(
  text: string,
  file: string,
): { readonly tasks: readonly NamedTask[]; readonly problems: readonly Problem[] } {
  try {
    const root: Table = parse(text);
    const tables = file.endsWith('pixi.toml') ? PIXI : TABLES;
    const tasks = tables.flatMap((table) => tasksIn(root, table, text, file));
    return { tasks, problems: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = `This is not valid TOML: ${error.message.split('\n')[0] ?? ''}`;
    const problem = { code: 'toml-invalid', message, file, line: error.line, column: error.column };
    return { tasks: [], problems: [problem] };
  }
}

function tasksIn(root: Table, { path, runner }: TaskTable, text: string, file: string) {
  return tablesAt(root, path, []).flatMap(({ way, table }) =>
    Object.entries(table).flatMap(([name, value]): NamedTask[] => {
      const described = describe(value);
      if (described === undefined) return [];
      const environment = way[path.indexOf('*')] ?? '';
      const line = findTomlLine(text, way.join('.'), name);
      return [{ name, file, line, runner: runner(name, environment), ...described }];
    }),
  );
}

function tablesAt(
  table: Table,
  path: readonly string[],
  way: readonly string[],
): readonly { readonly way: readonly string[]; readonly table: Table }[] {
  const [first, ...rest] = path;
  if (first === undefined) return [{ way, table }];
  const keys = first === '*' ? Object.keys(table) : [first];
  return keys.flatMap((key) => {
    const value = Object.hasOwn(table, key) ? table[key] : undefined;
    return isTable(value) ? tablesAt(value, rest, [...way, key]) : [];
  });
}

type Described = Pick<NamedTask, 'command' | 'inputs' | 'outputs' | 'needs'>;

/** A task is a command, a list of commands, or a table that has one of several names for it. */
function describe(value: unknown): Described | undefined {
  if (typeof value === 'string') return { command: value };
  if (Array.isArray(value)) return { command: textsIn(value).join('\n') };
  if (!isTable(value)) return undefined;
  const written = value['cmd'] ?? value['shell'] ?? value['script'] ?? value['sequence'];
  const command = Array.isArray(written) ? textsIn(written).join(' ') : written;
  const needs = [...needsIn(value['depends-on']), ...needsIn(value['deps'])];
  const [inputs, outputs] = [textsIn(value['inputs']), textsIn(value['outputs'])];
  return {
    command: typeof command === 'string' ? command : '',
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(outputs.length === 0 ? {} : { outputs }),
    ...(needs.length === 0 ? {} : { needs }),
  };
}

function needsIn(value: unknown): readonly string[] {
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  return items.flatMap((item) => {
    const name = isTable(item) ? item['task'] : item;
    return typeof name === 'string' ? [name] : [];
  });
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
