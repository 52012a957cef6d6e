import { join } from 'node:path';
import type { Problem } from '../../base/problem';
import { quoteShell } from '../../base/quoteShell';
import { failed, ok, type Result } from '../../base/result';
import type { Stage } from '../../project/project';
import { statFile } from '../hashing/contentHash';
import { findExecutable, searchPath } from '../environment/findExecutable';
import type { Invocation, InvocationOptions } from '../tools/stageTool';
import { stageToolOf } from '../tools/stageTools';

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
 * A stage of a tool that runs stages is run by that tool, any other by the shell.
 * Problems: `not-runnable`, `folder-missing`, `tool-missing`.
 */
export async function resolveCommand(
  stage: Stage,
  root: string,
  options: InvocationOptions & { readonly env: NodeJS.ProcessEnv },
): Promise<Result<StageCommand>> {
  if (stage.notRunnable !== undefined) return failed(describeNotRunnable(stage, stage.notRunnable));
  const invocation = stageToolOf(stage).invocation?.(stage, options);
  const cwd = join(root, invocation?.cwd ?? stage.cwd);
  if (statFile(cwd)?.isDirectory() !== true) return failed(describeMissingFolder(stage, cwd));
  if (invocation === undefined) return ok({ program: 'shell', line: stage.command, cwd });
  const folders = searchPath(options.env);
  const file = await findExecutable(invocation.program, folders);
  if (file === undefined) return failed(describeMissingTool(stage, invocation, folders));
  const line = [invocation.program, ...invocation.arguments].map(quoteShell).join(' ');
  return ok({ program: { file, arguments: invocation.arguments }, line, cwd });
}

function describeNotRunnable(stage: Stage, why: string): Problem {
  return {
    code: 'not-runnable',
    message: `${stage.name} cannot be run here: ${why}.`,
    ...stage.source,
  };
}

function describeMissingFolder(stage: Stage, cwd: string): Problem {
  return {
    code: 'folder-missing',
    message: `The stage's folder ${cwd} does not exist.`,
    ...stage.source,
  };
}

function describeMissingTool(
  stage: Stage,
  { program, install }: Invocation,
  folders: readonly string[],
): Problem {
  const [first, ...others] = folders;
  const place = first === undefined ? 'PATH, which is empty' : first;
  const more = others.length === 0 ? '' : ` or the ${others.length} other folders of PATH`;
  return {
    code: 'tool-missing',
    message: `${program} was not found in ${place}${more}.`,
    ...stage.source,
    fix: install,
  };
}
