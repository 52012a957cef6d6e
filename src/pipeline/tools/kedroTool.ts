import { splitCommands } from '../../project/shell/simpleCommands';
import type { StageTool } from './stageTool';

/** Kedro: `kedro run` runs a registered pipeline. It keeps no record of that, so the run ledger is it. */
export const kedroTool: StageTool = {
  invocation: ({ command, cwd }) => {
    const [program = 'kedro', ...words] = splitCommands(command)[0]?.words ?? [];
    return {
      program,
      arguments: words,
      cwd,
      install: 'Install it with `pip install kedro`, or select the Python environment that has it.',
    };
  },
};
