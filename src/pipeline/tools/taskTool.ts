import { baseName, folderOf } from '../../project/files/paths';
import type { StageTool } from './stageTool';

/** Scripts of package.json: npm runs them, and keeps no record. */
export const npmTool: StageTool = {
  invocation: (stage) => ({
    program: 'npm',
    arguments: ['run', '--', stage.name],
    cwd: folderOf(stage.source.file),
    install: 'Install Node.js, which brings npm.',
  }),
};

/** Tasks of pyproject.toml and pixi.toml: the program that knows the task runs it, and keeps no record. */
export const pyprojectTool: StageTool = {
  invocation: (stage) => {
    const [program = 'poe', ...words] = stage.runner ?? ['poe', stage.name];
    return {
      program,
      arguments: words,
      cwd: folderOf(stage.source.file),
      install: `Install ${program}, which runs the tasks of ${baseName(stage.source.file)}.`,
    };
  },
};
