import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckReport } from '../../../src/gate/checkReport';
import { runCheck, type CheckRequest } from '../../../src/gate/runCheck';
import { installHook } from '../../../src/git/hooks/hook';
import { ENGINE } from '../data/dataFixtures';
import { detectProject } from '../../../src/project/detectProject';
import { openWorktreeFiles } from '../../../src/project/files/worktreeFiles';
import { TempRepository } from '../git/tempRepository';

export interface Attempt {
  readonly code: number;
  readonly lines: readonly string[];
}

/** A CSV file of patients: an id, a radius, a group; `rows` of them, the same every time. */
export function patients(
  rows = 300,
  columns: readonly string[] = ['id', 'radius', 'group'],
): string {
  const values: Readonly<Record<string, (row: number) => string>> = {
    id: (row) => String(row),
    radius: (row) => String(10 + (row % 37) / 4),
    group: (row) => ['benign', 'malignant'][row % 2] ?? '',
  };
  const line = (row: number) => columns.map((column) => values[column]?.(row) ?? 'x').join(',');
  return `${[columns.join(','), ...Array.from({ length: rows }, (_, row) => line(row))].join('\n')}\n`;
}

/** The patients without their radius. */
export const BROKEN = patients(300, ['id', 'group']);

export const PREFLIGHT = `version: 1
datasets:
  patients: { path: data/patients.csv, key: id }
models:
  model: { path: model.joblib, metrics: [metrics.json] }
gate:
  metrics:
    accuracy: { margin: 0.01 }
`;

/** A small ML project in a repository of its own, with the gate in its commits if asked for. */
export class GateProject extends TempRepository {
  static begin(root: string): GateProject {
    const project = new GateProject(root);
    project.commit('first', {
      'data/patients.csv': patients(),
      'preflight.yaml': PREFLIGHT,
      'metrics.json': '{ "accuracy": 0.9 }\n',
      'README.md': 'x\n',
    });
    return project;
  }

  /** Stages these files. */
  stage(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git('add', '--', ...Object.keys(files));
  }

  /** What every question about its data begins with. */
  async dataRequest() {
    const files = await openWorktreeFiles(this.root);
    assert.ok(files.ok);
    return {
      project: await detectProject(files.value),
      repository: await this.open(),
      stateFolder: join(this.root, '.git/preflight'),
      engine: ENGINE,
    };
  }

  async check(options: Partial<CheckRequest> = {}): Promise<CheckReport> {
    const request = { folder: this.root, scope: 'staged', engine: ENGINE, ...options } as const;
    const checked = await runCheck(request);
    assert.ok(checked.ok, checked.ok ? '' : checked.problem.message);
    return checked.value;
  }

  /** Puts the gate into the commits of this repository, run from the sources. */
  async installGate(): Promise<void> {
    const cli = join(dirname(this.root), 'gate program.js');
    // Another process, because only Node's own option makes tsx see what is loaded later.
    const words = [
      '--import',
      pathToFileURL(require.resolve('tsx')).href,
      join(__dirname, 'gateProgram.ts'),
    ];
    writeFileSync(
      cli,
      `const { spawnSync } = require('node:child_process');
const words = [...${JSON.stringify(words)}, ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, words, { stdio: 'inherit' }).status;
`,
    );
    const installed = await installHook(await this.open(), { cli, node: process.execPath });
    assert.ok(installed.ok);
  }

  /** A `git commit` as a user types it. */
  tryCommit(...args: readonly string[]): Attempt {
    const { status, stderr } = spawnSync('git', ['commit', '--quiet', '-m', 'change', ...args], {
      cwd: this.root,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    });
    return { code: status ?? -1, lines: stderr.toString().split('\n') };
  }

  /** A hash of the index and of every file of the work tree with its mode and time. */
  fingerprint(): string {
    const hash = createHash('sha256');
    hash.update(this.git('ls-files', '--stage', '--debug'));
    const visit = (folder: string): void => {
      for (const name of readdirSync(folder).sort()) {
        if (name === '.git') continue;
        const path = join(folder, name);
        const { mode, mtimeMs } = statSync(path);
        hash.update(`${path} ${mode} ${mtimeMs} `);
        if (statSync(path).isDirectory()) visit(path);
        else hash.update(readFileSync(path));
      }
    };
    visit(this.root);
    return hash.digest('hex');
  }

  /** A JSON file of the state folder; undefined where there is none. */
  stateFile(name: string): unknown {
    const path = join(this.root, '.git/preflight', name);
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  }
}
