import type { DetectedStage, Detection } from '../detector';
import { folderOf } from '../files/paths';
import { quoteWord } from '../shell/quoteWord';
import { scriptRuns } from '../shell/scriptRuns';
import { kindOfFolder, kindOfName, kindOfPath } from '../classify/stageKind';
import { parseYaml, type YamlNode } from '../yamlNode';

/** A parameter of an entry point. */
interface EntryParameter {
  readonly name: string;
  /** Undefined where whoever runs it has to give a value. */
  readonly value: string | undefined;
}

/**
 * The entry points of an MLproject file as stages (mlflow.org, MLflow Projects). With a `main` among them, that is the
 * pipeline, which runs the others by itself. Problems `yaml-invalid`, `mlproject-invalid`.
 */
export function readMlproject(
  text: string,
  file: string,
  idOf: (entry: string) => string,
  exists: (path: string) => boolean,
): Detection {
  const { root, problems } = parseYaml(text, file);
  const entries = root.get('entry_points')?.entries() ?? [];
  const hasMain = entries.some(({ key }) => key === 'main');
  const stages: DetectedStage[] = [];
  const invalid = entries.flatMap(({ key, line, value }) => {
    const command = value.get('command')?.text;
    if (command === undefined) {
      const message = `The entry point "${key}" has no command.`;
      return [{ code: 'mlproject-invalid', message, file, line }];
    }
    const parameters = parametersOf(value);
    const filled = fillIn(command, parameters);
    const scripts = scriptRuns(filled, folderOf(file)).flatMap(({ paths }) => paths);
    stages.push({
      id: idOf(key),
      name: key,
      tool: 'mlflow',
      kind: kindOf(key, command, folderOf(file)),
      command: filled,
      cwd: folderOf(file),
      dependencies: [file, ...scripts.filter(exists)],
      outputs: [],
      parameters: [],
      metrics: [],
      source: { file, line },
      evidence: [{ file, line }, ...environmentOf(root, file)],
      // Without values for all of its parameters it runs only when somebody gives them.
      ...((hasMain && key !== 'main') || parameters.some(({ value: one }) => one === undefined)
        ? { onRequest: true }
        : {}),
    });
    return [];
  });
  return { stages, problems: [...problems, ...invalid] };
}

function kindOf(entry: string, command: string, folder: string): DetectedStage['kind'] {
  const named = entry === 'main' ? undefined : kindOfName(entry);
  const [script] = scriptRuns(command, folder).flatMap(({ paths }) => paths);
  const ofScript = script === undefined ? undefined : kindOfPath(script);
  return named ?? ofScript ?? kindOfFolder(`${folder}/MLproject`) ?? 'other';
}

/** `alpha: float`, `alpha: {type: float, default: 0.5}`. */
function parametersOf(entry: YamlNode): readonly EntryParameter[] {
  return (entry.get('parameters')?.entries() ?? []).map(({ key, value }) => ({
    name: key,
    value: value.get('default')?.text,
  }));
}

/** The names of an entry point's parameters, as a user sets them. */
export function parameterNames(text: string, file: string, entry: string): readonly string[] {
  const found = parseYaml(text, file).root.get('entry_points')?.get(entry);
  return found === undefined ? [] : parametersOf(found).map(({ name }) => name);
}

/** The command with the defaults in it, quoted as MLflow quotes them; what has no value stays as it is written. */
function fillIn(command: string, parameters: readonly EntryParameter[]): string {
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  return command.trim().replaceAll(/\{(\w+)\}/g, (written, name: string) => {
    const value = values.get(name);
    return value === undefined ? written : quoteWord(value);
  });
}

function environmentOf(root: YamlNode, file: string) {
  const keys = new Set(['python_env', 'conda_env', 'docker_env']);
  return root
    .entries()
    .filter(({ key }) => keys.has(key))
    .map(({ line }) => ({ file, line }));
}
