import type { Detector } from '../detector';
import { mapConcurrent } from '../../base/mapConcurrent';
import { readTomlTasks } from '../tasks/readTomlTasks';
import { isStageTask, stageOfTask } from '../tasks/taskStage';

/** Tasks of poe, pdm, rye, taskipy, hatch and pixi that are work on data or models. */
export const pyprojectDetector: Detector = {
  name: 'pyproject',
  async detect({ files }) {
    const paths = [...files.named('pyproject.toml'), ...files.named('pixi.toml')];
    const found = await mapConcurrent(paths, 8, async (path) => {
      const text = await files.readText(path);
      return text.ok ? readTomlTasks(text.value, path) : { tasks: [], problems: [] };
    });
    const exists = (path: string): boolean => files.has(path);
    const stages = found
      .flatMap(({ tasks }) => tasks)
      .filter((task) => isStageTask(task, exists))
      .map((task) => stageOfTask(task, 'pyproject', exists));
    const evidence = [...new Set(stages.map(({ source }) => source.file))];
    return {
      tools:
        evidence.length === 0
          ? []
          : [{ tool: 'pyproject', evidence: evidence.map((file) => ({ file, line: 1 })) }],
      stages,
      problems: found.flatMap(({ problems }) => problems),
    };
  },
};
