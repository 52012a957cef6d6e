import { formatProblem } from '../../../base/problem';
import { hookStatus, verifyHook, type HookStatus } from '../../../git/hooks/hook';
import { findRepository, type Repository } from '../../../git/repository';
import { runGit } from '../../../git/runGit';
import type { DoctorGroup, DoctorLine } from '../doctorReport';

/**
 * git, the repository, and whether the gate is asked on a commit, which is tried where the hook is installed.
 * @param mayRun false in a folder that is not trusted: git runs what a repository's configuration says
 */
export async function examineGit(folder: string, mayRun: boolean): Promise<DoctorGroup> {
  const program = mayRun ? await examineProgram(folder) : undefined;
  const found = await findRepository(folder);
  const repository: DoctorLine = found.ok
    ? { id: 'git.repository', name: 'repository', state: 'ok', value: found.value.root }
    : {
        id: 'git.repository',
        name: 'repository',
        state: 'warning',
        value: 'there is none: no versions to compare, no commit to gate',
        fix: 'Run `git init` in the project.',
      };
  const works = program?.state === 'ok' && found.ok;
  return {
    title: 'Git',
    lines: [
      ...(program === undefined ? [] : [program]),
      repository,
      ...(works ? [await examineHook(found.value)] : []),
    ],
  };
}

async function examineProgram(folder: string): Promise<DoctorLine> {
  const line = { id: 'git.program', name: 'git' } as const;
  const asked = await runGit(folder, ['--version']);
  if (!asked.ok) {
    const { message, fix = 'Install git: https://git-scm.com' } = asked.problem;
    return { ...line, state: 'problem', value: message, fix };
  }
  const version = /\d+(?:\.\d+)+/.exec(asked.value.toString('utf8'))?.[0] ?? 'unknown';
  return { ...line, state: 'ok', value: version, facts: { version } };
}

async function examineHook(repository: Repository): Promise<DoctorLine> {
  const line = { id: 'git.hook', name: 'commit gate' } as const;
  const read = await hookStatus(repository);
  const status = read.ok && read.value.installed ? await verifyHook(repository) : read;
  if (!status.ok) {
    const { message, fix } = status.problem;
    return { ...line, state: 'warning', value: message, ...(fix === undefined ? {} : { fix }) };
  }
  return { ...line, ...describeHook(status.value), facts: factsOf(status.value) };
}

function describeHook({
  installed,
  fires,
  path,
  problems,
}: HookStatus): Pick<DoctorLine, 'state' | 'value' | 'notes' | 'fix' | 'file'> {
  if (!installed) {
    return {
      state: 'information',
      value: 'not installed: a commit goes in without being asked',
      fix: 'Run `ml-preflight hook install`.',
    };
  }
  const notes = [path, ...problems.map(formatProblem)];
  if (fires !== true) {
    return { state: 'problem', value: 'installed, but git does not run it', notes, file: path };
  }
  const state = problems.length === 0 ? 'ok' : 'warning';
  return { state, value: 'installed, and git runs it', notes, file: path };
}

function factsOf({
  installed,
  mechanism,
  path,
  fires,
}: HookStatus): NonNullable<DoctorLine['facts']> {
  return { installed, mechanism, path, fires: fires ?? null };
}
