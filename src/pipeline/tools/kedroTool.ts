import { splitCommands } from '../../project/shell/simpleCommands';
import { readParameterValues } from '../parameters/parameterFiles';
import { isKedroParameter, kedroParams } from './kedroParams';
import type { StageTool } from './stageTool';

/** Kedro: `kedro run` runs a registered pipeline. It keeps no record of that, so the run ledger is it. */
export const kedroTool: StageTool = {
  invocation: ({ command, cwd }, { set = [] }) => {
    const [program = 'kedro', ...words] = splitCommands(command)[0]?.words ?? [];
    return {
      program,
      arguments: set.length === 0 ? words : [...words, `--params=${kedroParams(set)}`],
      cwd,
      install: 'Install it with `pip install kedro`, or select the Python environment that has it.',
    };
  },
  settable: async (stage, root) => ({
    keys: [...(await readParameterValues(stage, root)).keys()],
    takes: isKedroParameter,
  }),
};
