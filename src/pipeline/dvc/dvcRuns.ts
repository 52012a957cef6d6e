import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Stage } from '../../project/project';
import { readProcessStart } from '../run/processIdentity';
import { splitParameter } from '../graph/stageGraph';
import type { StatusSources } from '../status/statusSources';
import type { DvcRepository } from './dvcRepository';

/** A process of DVC that is running a stage. */
export interface DvcRun {
  readonly pid: number;
  readonly command: string;
}

/** What one process of DVC has locked. Paths are absolute. */
interface Holder extends DvcRun {
  readonly reads: Set<string>;
  readonly writes: Set<string>;
}

/**
 * The `dvc repro` or `dvc exp run` that is at this stage right now, started wherever. While DVC runs a stage, it lists
 * in `.dvc/tmp/rwlock` what the stage reads and writes, with the number of its process (dvc/rwlock.py); what a killed
 * process has left there does not count.
 */
export async function findDvcRun(
  stage: Stage,
  repository: DvcRepository | undefined,
  sources: StatusSources,
): Promise<DvcRun | undefined> {
  if (repository === undefined) return undefined;
  const holders = await sources.once(RunningDvc).in(repository);
  if (holders.length === 0) return undefined;
  const absolute = (path: string): string => resolve(sources.root, path);
  const outside = (stage.outside ?? []).map((path) => resolve(sources.root, stage.cwd, path));
  const outputs = stage.outputs.map(absolute);
  const files = stage.parameters.map((parameter) => splitParameter(parameter).file);
  const inputs = new Set([...stage.dependencies, ...files].map(absolute).concat(outside));
  return holders.find(({ reads, writes }) => {
    if (outputs.length > 0) return outputs.every((path) => writes.has(path));
    // What writes nothing is known by what it reads.
    return writes.size === 0 && inputs.size > 0 && isSameSet(reads, inputs);
  });
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

/** The lock file of each repository, read once for all stages. */
class RunningDvc {
  private readonly holders = new Map<string, Promise<readonly Holder[]>>();

  in({ root }: DvcRepository): Promise<readonly Holder[]> {
    const known = this.holders.get(root) ?? readHolders(join(root, '.dvc', 'tmp', 'rwlock'));
    this.holders.set(root, known);
    return known;
  }
}

/** Empty where there is no lock file, or it is being written at this moment. */
async function readHolders(file: string): Promise<readonly Holder[]> {
  const holders = new Map<number, Holder>();
  const add = (path: string, mode: 'reads' | 'writes', info: unknown): void => {
    const { pid, cmd } = (info ?? {}) as { readonly pid?: unknown; readonly cmd?: unknown };
    if (typeof pid !== 'number' || typeof cmd !== 'string' || !RUNS_STAGES.test(cmd)) return;
    const holder = holders.get(pid) ?? {
      pid,
      command: cmd,
      reads: new Set<string>(),
      writes: new Set<string>(),
    };
    holder[mode].add(path);
    holders.set(pid, holder);
  };
  const { read, write } = await readLocks(file);
  for (const [path, info] of Object.entries(write ?? {})) add(path, 'writes', info);
  for (const [path, infos] of Object.entries(read ?? {})) {
    for (const info of Array.isArray(infos) ? (infos as readonly unknown[]) : [])
      add(path, 'reads', info);
  }
  const alive = await Promise.all([...holders.values()].map(isAlive));
  return [...holders.values()].filter((_, index) => alive[index]);
}

/** Other commands of DVC (`status`, `checkout`) lock paths too, and run nothing. */
const RUNS_STAGES = /\s(?:repro|exp(?:eriments)?\s.*\brun|exp(?:eriments)?\s.*\bexec-run)\b.*$/s;

interface Locks {
  readonly read?: Readonly<Record<string, unknown>>;
  readonly write?: Readonly<Record<string, unknown>>;
}

async function readLocks(file: string): Promise<Locks> {
  try {
    const locks: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof locks === 'object' && locks !== null ? locks : {};
  } catch {
    return {};
  }
}

/** On Linux also whether the process is still the one that was started with these words. */
async function isAlive({ pid, command }: Holder): Promise<boolean> {
  if ((await readProcessStart(pid)) === null) return false;
  if (process.platform !== 'linux') return true;
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  const [run = ''] = RUNS_STAGES.exec(command) ?? [];
  return words === undefined || words.replaceAll('\0', ' ').includes(run.trim());
}
