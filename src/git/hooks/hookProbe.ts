import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '../gitEnvironment';
import { PROBE_VARIABLE, probeAnswer } from './hookScript';
import type { Repository } from '../repository';
import { headCommit } from '../revisions';

/** Hooks of other managers run before ours; one that takes longer than this is not waited for. */
const LONGEST_MS = 60_000;

export interface ProbeResult {
  readonly fires: boolean;
  /** The last line that the hook wrote where it did not answer; git's own message, for example. */
  readonly said: string;
}

/**
 * Has git run the pre-commit hook as a commit would (`git hook run`, git 2.36), and waits for our script's answer to a
 * question that nobody else can answer. The index that the hook sees is a temporary one without any change, so that
 * other hooks find nothing to do; nothing is left behind.
 */
export async function probeHook(repository: Repository): Promise<ProbeResult> {
  const probe = randomBytes(8).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), 'ml-preflight-probe-'));
  try {
    const environment = {
      ...gitEnvironment(repository.root),
      GIT_INDEX_FILE: join(folder, 'index'),
      [PROBE_VARIABLE]: probe,
    };
    const head = await headCommit(repository);
    await run(repository.root, ['read-tree', head ?? '--empty'], environment);
    const output = await run(repository.root, ['hook', 'run', 'pre-commit'], environment);
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    return { fires: lines.includes(probeAnswer(probe)), said: lines.at(-1)?.trim() ?? '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything that git and the hook wrote, whatever became of it. */
async function run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((settle) => {
    const child = spawn('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const written: Buffer[] = [];
    const timer = setTimeout(() => child.kill(), LONGEST_MS);
    child.stdout.on('data', (chunk: Buffer) => written.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => written.push(chunk));
    const finish = (): void => {
      clearTimeout(timer);
      settle(Buffer.concat(written).toString('utf8'));
    };
    child.on('error', finish);
    child.on('close', finish);
  });
}
