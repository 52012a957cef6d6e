import type { Stage } from '../../project/project';
import { dvcTool } from './dvcTool';
import { kedroTool } from './kedroTool';
import { makeTool } from './makeTool';
import { mlflowTool } from './mlflowTool';
import { snakemakeTool } from './snakemakeTool';
import type { StageTool } from './stageTool';
import { npmTool, pyprojectTool } from './taskTool';

/** By the name of the tool. A tool that is not here is run by a shell and recorded by the ledger alone. */
const STAGE_TOOLS: { readonly [Name in Stage['tool']]?: StageTool } = {
  dvc: dvcTool,
  kedro: kedroTool,
  make: makeTool,
  mlflow: mlflowTool,
  npm: npmTool,
  pyproject: pyprojectTool,
  snakemake: snakemakeTool,
};

export function stageToolOf(stage: Stage): StageTool {
  return STAGE_TOOLS[stage.tool] ?? {};
}
