import { join } from 'node:path';
import type { Problem } from '../base/problem';
import { quoteShell } from '../base/quoteShell';
import { failed, ok, type Result } from '../base/result';
import { folderOf } from '../project/paths';
import type { Stage } from '../project/project';
import { statFile } from './contentHash';
import { findExecutable, searchPath } from './findExecutable';

/** What is executed for a stage. */
export interface StageCommand {
  /** A program with its arguments, or a line for the shell. */
  readonly program: { readonly file: string; readonly arguments: readonly string[] } | 'shell';
  /** As a shell would read it. */
  readonly line: string;
  /** Absolute. */
  readonly cwd: string;
}

/**
 * A stage of a tool with a lock of its own is run by that tool, any other by the shell.
 * Problems: `folder-missing`, `tool-missing`.
 */
export async function resolveCommand(
  stage: Stage,
  root: string,
  options: { readonly force: boolean; readonly env: NodeJS.ProcessEnv },
): Promise<Result<StageCommand>> {
  const cwd = join(root, stage.tool === 'dvc' ? folderOf(stage.source.file) : stage.cwd);
  if (statFile(cwd)?.isDirectory() !== true) return failed(describeMissingFolder(stage, cwd));
  if (stage.tool !== 'dvc') return ok({ program: 'shell', line: stage.command, cwd });
  const folders = searchPath(options.env);
  const file = await findExecutable('dvc', folders);
  if (file === undefined) return failed(describeMissingDvc(stage, folders));
  const words = [
    // Two stages at once are two programs that both want DVC's lock for a moment.
    '--wait-for-lock',
    'repro',
    '--single-item',
    ...(options.force ? ['--force'] : []),
    '--',
    stage.name,
  ];
  const line = ['dvc', ...words].map(quoteShell).join(' ');
  return ok({ program: { file, arguments: words }, line, cwd });
}

function describeMissingFolder(stage: Stage, cwd: string): Problem {
  return {
    code: 'folder-missing',
    message: `The stage's folder ${cwd} does not exist.`,
    ...stage.source,
  };
}

function describeMissingDvc(stage: Stage, folders: readonly string[]): Problem {
  const [first, ...others] = folders;
  const place = first === undefined ? 'PATH, which is empty' : first;
  const more = others.length === 0 ? '' : ` or the ${others.length} other folders of PATH`;
  return {
    code: 'tool-missing',
    message: `dvc was not found in ${place}${more}.`,
    ...stage.source,
    fix: 'Install it with `pip install dvc`, or select the Python environment that has it.',
  };
}
