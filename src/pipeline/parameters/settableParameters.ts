import type { Stage } from '../../project/project';
import type { ProgramOption } from '../../project/python/argumentParser';
import type { SetValue } from '../tools/stageTool';
import { stageToolOf } from '../tools/stageTools';
import { readParameterValues } from './parameterFiles';
import { readScriptOptions } from './scriptOptions';

/** A parameter of a stage that can have another value for one run. */
export interface SettableParameter {
  /** What a user types before the `=`: `params.yaml:train.lr`, the name of an option, of a variable. */
  readonly key: string;
  /** As it is in the work tree; undefined where that is not known. */
  readonly value: unknown;
  /** The script's option that takes it. */
  readonly option?: ProgramOption;
}

export interface StageParameters {
  readonly parameters: readonly SettableParameter[];
  /** Whether the stage's own tool takes a value; else values become options and edited files. */
  readonly isOfTool: (value: SetValue) => boolean;
  /** Whether a run with values by the stage's own tool leaves the project's files as they are. */
  readonly isApart: boolean;
  /** Whether another key is taken as well. */
  readonly isOther: (key: string) => boolean;
}

/** What can be set for one run of a stage, read from files. */
export async function readStageParameters(stage: Stage, root: string): Promise<StageParameters> {
  const values = await readParameterValues(stage, root);
  const own = await stageToolOf(stage).settable?.(stage, root);
  if (own !== undefined) {
    const parameters = own.keys.map((key) => ({ key, value: values.get(key) }));
    const isOfTool = own.takes ?? (() => true);
    const isOther = own.isOther ?? (() => false);
    return { parameters, isOfTool, isApart: own.isApart === true, isOther };
  }
  // What a tool runs by its own program gets no words of ours.
  const isShell = stageToolOf(stage).invocation === undefined;
  const options = isShell ? await readScriptOptions(stage, root) : [];
  return {
    parameters: [
      ...options.map((option) => ({ key: option.name, value: defaultOf(option), option })),
      ...[...values].map(([key, value]) => ({ key, value })),
    ],
    isOfTool: () => false,
    isApart: false,
    isOther: () => false,
  };
}

function defaultOf({ defaultValue }: ProgramOption): unknown {
  if (defaultValue?.kind === 'text') return defaultValue.text;
  const isPlain = defaultValue?.kind === 'constant' || defaultValue?.kind === 'number';
  return isPlain ? defaultValue.value : undefined;
}
