import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readOutput } from './childProcess';
import { ensurePythonEnvironment, withPath } from './pythonEnvironment';
import { inRepository } from './repository';
import { makeTemporaryFolder } from './temporaryFolder';

/** A copy of a sample in a folder of its own, to be changed at will. */
export interface SampleProject {
  /** Absolute. */
  readonly root: string;
  /** Variables for whatever runs in it: the samples' Python first on PATH, git without the user's settings. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs a command in the root; returns its stdout. @throws where it fails. */
  run(command: string, ...args: readonly string[]): Promise<string>;
  /** Rewrites a file from what it was (empty where it is new). */
  edit(path: string, change: (text: string) => string): Promise<void>;
  /** Commits everything that is not ignored; returns the full hash. */
  commit(message: string): Promise<string>;
  /** Removes it; a temporary one goes with this process anyway. */
  dispose(): Promise<void>;
}

export interface SampleOptions {
  /** Where the copy goes; default: a folder of the sample's name in a fresh temporary one. */
  readonly folder?: string;
  /** `false` leaves it without a repository; default: one commit on `main`. */
  readonly git?: boolean;
}

/** Copies test/projects/<name> (the files under version control only) and makes it a repository with one commit. */
export async function copySample(
  name: string,
  options: SampleOptions = {},
): Promise<SampleProject> {
  const source = inRepository('test', 'projects', name);
  const listed = await readOutput('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: source,
  });
  const project = await makeProject(name, withPath(await ensurePythonEnvironment()), options);
  for (const path of listed.split('\0').filter((path) => existsSync(join(source, path)))) {
    if (path !== '') await cp(join(source, path), join(project.root, path));
  }
  if (options.git !== false) await initialize(project);
  return project;
}

/** A project with nothing in it, and no repository. */
export function makeEmptyProject(options: SampleOptions = {}): Promise<SampleProject> {
  return makeProject('empty', { ...process.env }, options);
}

async function makeProject(
  name: string,
  variables: NodeJS.ProcessEnv,
  options: SampleOptions,
): Promise<SampleProject> {
  const root = options.folder ?? join(makeTemporaryFolder('sample'), name);
  await mkdir(root, { recursive: true });
  return projectAt(root, {
    ...variables,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    DVC_NO_ANALYTICS: '1',
  });
}

/** The project that is in a folder already. */
export function projectAt(root: string, environment: NodeJS.ProcessEnv): SampleProject {
  const run = (command: string, ...args: readonly string[]): Promise<string> =>
    readOutput(command, args, { cwd: root, env: environment });
  return {
    root,
    environment,
    run,
    edit: async (path, change) => {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, change(await readFile(file, 'utf8').catch(() => '')));
    },
    commit: async (message) => {
      await run('git', 'add', '-A');
      await run('git', 'commit', '-q', '-m', message);
      return (await run('git', 'rev-parse', 'HEAD')).trim();
    },
    dispose: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function initialize(project: SampleProject): Promise<void> {
  await project.run('git', 'init', '-q', '-b', 'main');
  await project.run('git', 'config', 'user.name', 'Ada Example');
  await project.run('git', 'config', 'user.email', 'ada@example.org');
  await project.commit('Train the first model');
}
