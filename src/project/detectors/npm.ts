import type { Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { isStageTask, stageOfTask, type NamedTask } from '../tasks/taskStage';

/** Scripts of package.json that are work on data or models: those that run Python. */
export const npmDetector: Detector = {
  name: 'npm',
  async detect({ files }) {
    // A project of JavaScript alone has no stages.
    if (files.withExtension('.py', '.ipynb').length === 0) return {};
    const paths = files.named('package.json');
    const tasks = (await mapConcurrent(paths, 8, (path) => readScripts(path, files))).flat();
    const exists = (path: string): boolean => files.has(path);
    const stages = tasks
      .filter((task) => isStageTask(task, exists))
      .map((task) => stageOfTask(task, 'npm', exists));
    if (stages.length === 0) return {};
    return { tools: [{ tool: 'npm', evidence: stages.map(({ source }) => source) }], stages };
  },
};

async function readScripts(file: string, files: FileIndex): Promise<readonly NamedTask[]> {
  const text = await files.readText(file);
  const scripts = text.ok ? scriptsIn(text.value) : {};
  return Object.entries(scripts).flatMap(([name, command]): NamedTask[] => {
    if (typeof command !== 'string' || !text.ok) return [];
    const line = lineOfKey(text.value, name);
    return [{ name, command, file, line, runner: ['npm', 'run', name] }];
  });
}

/** Half-written JSON is for its own editor to complain about. */
function scriptsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    const scripts = (value as { readonly scripts?: unknown } | null)?.scripts;
    return typeof scripts === 'object' && scripts !== null
      ? (scripts as Readonly<Record<string, unknown>>)
      : {};
  } catch {
    return {};
  }
}

function lineOfKey(text: string, key: string): number {
  const start = Math.max(0, text.indexOf('"scripts"'));
  const at = text.indexOf(`${JSON.stringify(key)}:`, start);
  const found = at === -1 ? text.indexOf(JSON.stringify(key), start) : at;
  return text.slice(0, Math.max(0, found)).split('\n').length;
}
