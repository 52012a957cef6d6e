import { nearestWord } from '../../base/nearest';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { Stage } from '../../project/project';
import { splitParameter } from '../graph/stageGraph';
import type { SetValue } from '../tools/stageTool';
import { editParameters, type ParameterEdit } from './editParameters';
import { readParameterText } from './parameterFiles';
import { optionWords } from './scriptOptions';
import { valueOfText } from './setValues';
import {
  readStageParameters,
  type SettableParameter,
  type StageParameters,
} from './settableParameters';
import type { EditedFile, SettingWay, StageSetting } from './stageSetting';

/**
 * Finds the parameters that are meant, and the way their values take: the stage's own tool, options of its script, or
 * a copy of the project with edited parameter files. Nothing is written.
 * Problems: `parameter-unknown` with the nearest known key, `parameter-ambiguous`, `parameters-invalid`.
 */
export async function prepareSetting(
  stage: Stage,
  root: string,
  values: readonly SetValue[],
): Promise<Result<StageSetting>> {
  const known = await readStageParameters(stage, root);
  const resolved: { readonly parameter: SettableParameter; readonly text: string }[] = [];
  for (const { key, text } of values) {
    const found = findParameter(stage, known, key);
    if (!found.ok) return found;
    resolved.push({ parameter: found.value, text });
  }
  const recorded = resolved.map(({ parameter, text }) => ({ key: parameter.key, text }));
  const setting = (way: SettingWay) => ok({ stage: stage.id, values: recorded, way });
  if (recorded.every((value) => known.isOfTool(value)))
    return setting({ kind: 'tool', isApart: known.isApart });
  const words = resolved.flatMap(({ parameter: { option }, text }) =>
    option === undefined ? [] : optionWords(option, text),
  );
  const inFiles = resolved.filter(({ parameter }) => parameter.option === undefined);
  if (inFiles.length === 0) return setting({ kind: 'options', words });
  const files = await editFiles(root, inFiles);
  return files.ok ? setting({ kind: 'copy', files: files.value, words }) : files;
}

/** By its key, by a key without its file, or by the end of a key: `params.yaml:train.lr`, `train.lr`, `lr`. */
function findParameter(
  stage: Stage,
  { parameters, isOther }: StageParameters,
  key: string,
): Result<SettableParameter> {
  const matches = [
    (one: string) => one === key,
    (one: string) => nameOf(one) === key,
    (one: string) => nameOf(one) === key.replace(/^-+/, '').replaceAll('-', '_'),
    (one: string) => nameOf(one).endsWith(`.${key}`),
  ];
  for (const isMatch of matches) {
    const [found, ...others] = parameters.filter((parameter) => isMatch(parameter.key));
    if (found === undefined) continue;
    if (others.length === 0) return ok(found);
    const keys = [found, ...others].map((parameter) => parameter.key).join(', ');
    const message = `Several parameters of ${stage.name} are called "${key}".`;
    return failed({ code: 'parameter-ambiguous', message, fix: `Name one of these: ${keys}.` });
  }
  if (isOther(key)) return ok({ key, value: undefined });
  return failed(describeUnknown(stage, parameters, key));
}

function nameOf(key: string): string {
  return splitParameter(key).key ?? key;
}

function describeUnknown(
  stage: Stage,
  parameters: readonly SettableParameter[],
  key: string,
): Problem {
  const keys = parameters.map((parameter) => parameter.key);
  // By any end of a key, the whole key last: it wins over an end of the same spelling.
  const names = new Map(
    keys.flatMap((one) => {
      const last = nameOf(one).split('.').at(-1) ?? one;
      return [last, nameOf(one), one].map((name) => [name, one] as const);
    }),
  );
  const nearest = names.get(nearestWord(key, names.keys()) ?? '');
  const all =
    keys.length === 0 ? 'It has none that can be set.' : `Its parameters: ${keys.join(', ')}.`;
  return {
    code: 'parameter-unknown',
    message: `${stage.name} has no parameter "${key}".`,
    ...stage.source,
    fix: nearest === undefined ? all : `Did you mean "${nearest}"?`,
  };
}

async function editFiles(
  root: string,
  values: readonly { readonly parameter: SettableParameter; readonly text: string }[],
): Promise<Result<readonly EditedFile[]>> {
  const edits = new Map<string, ParameterEdit[]>();
  for (const { parameter, text } of values) {
    const { file, key = '' } = splitParameter(parameter.key);
    edits.set(file, [...(edits.get(file) ?? []), { key, value: valueOfText(text) }]);
  }
  const files: EditedFile[] = [];
  for (const [path, ofFile] of edits) {
    try {
      const text = await readParameterText(root, path);
      files.push({ path, content: editParameters(text, path, ofFile) });
    } catch (error) {
      const message = `This parameter file cannot be edited: ${(error as Error).message.split('\n')[0]}`;
      return failed({ code: 'parameters-invalid', message, file: path });
    }
  }
  return ok(files);
}
