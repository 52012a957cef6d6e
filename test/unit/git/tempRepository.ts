import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import assert from 'node:assert/strict';
import { findRepository, type Repository } from '../../../src/git/repository';

/** A name that trips over quoting, and is no ASCII. */
export const AWKWARD_NAME = 'prøject "ü" [x] $HOME';

/** A temporary folder for one test; removed by `dispose`. */
export class TempFolder {
  readonly path: string;
  private readonly top: string;

  constructor(name = AWKWARD_NAME) {
    this.top = realpathSync(mkdtempSync(join(tmpdir(), 'preflight-git-')));
    this.path = join(this.top, name);
    mkdirSync(this.path);
  }

  dispose(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}

/** A real repository, driven by real git, apart from the configuration of the machine. */
export class TempRepository {
  readonly root: string;
  private clock = 1_700_000_000;

  /** An existing repository at `root`, or a new one with the branch `main`. */
  constructor(root: string, { isNew = true } = {}) {
    this.root = root;
    if (isNew) this.git('init', '--quiet', '--initial-branch=main');
    this.git('config', 'user.name', 'Ada Lövelace');
    this.git('config', 'user.email', 'ada@example.org');
  }

  /** What git writes, without the last line break. Every call is one second later. */
  git(...args: readonly string[]): string {
    return this.gitWith({}, ...args);
  }

  gitWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]): string {
    const date = `${++this.clock} +0000`;
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
    return execFileSync('git', args, {
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
      env: {
        ...Object.fromEntries(inherited),
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        ...environment,
      },
    })
      .toString()
      .replace(/\n$/, '');
  }

  write(path: string, content: string | Uint8Array): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }

  /** Writes these files, commits everything, and gives the hash. */
  commit(message: string, files: Readonly<Record<string, string>> = {}): string {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  async open(): Promise<Repository> {
    const found = await findRepository(this.root);
    assert.ok(found.ok);
    return found.value;
  }
}

/** Runs with these variables in the environment of this process, and restores it. */
export async function withEnvironment<T>(
  variables: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
