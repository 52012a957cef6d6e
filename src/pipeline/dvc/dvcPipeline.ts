import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Problem } from '../../base/problem';
import type { Result } from '../../base/result';
import type { Stage } from '../../project/project';
import { readDvcLock, type LockedStage } from './dvcLock';
import { findDvcRepository, type DvcRepository } from './dvcRepository';

/** What stands beside one dvc.yaml. */
export interface DvcPipeline {
  readonly lock: Result<ReadonlyMap<string, LockedStage>>;
  readonly repository: DvcRepository | undefined;
}

/** The files of each dvc.yaml, read once for all of its stages. */
export class DvcFiles {
  private readonly pipelines = new Map<string, Promise<DvcPipeline>>();

  constructor(private readonly root: string) {}

  of(stage: Stage): Promise<DvcPipeline> {
    const { file } = stage.source;
    const known = this.pipelines.get(file);
    if (known !== undefined) return known;
    const pipeline = this.read(file);
    this.pipelines.set(file, pipeline);
    return pipeline;
  }

  /** What is wrong with the lock files of the stages that have been asked for. */
  async firstProblem(): Promise<Problem | undefined> {
    for (const { lock } of await Promise.all(this.pipelines.values())) {
      if (!lock.ok) return lock.problem;
    }
    return undefined;
  }

  private async read(file: string): Promise<DvcPipeline> {
    const lock = await readDvcLock(this.root, lockFileOf(file));
    return { lock, repository: findDvcRepository(dirname(join(this.root, file))) };
  }
}

/** Digest of the stage's entry in dvc.lock, to tell later whether DVC has run it since; null where it has none. */
export async function digestLockEntry(stage: Stage, files: DvcFiles): Promise<string | null> {
  const { lock } = await files.of(stage);
  const entry = lock.ok ? lock.value.get(stage.name) : undefined;
  return entry === undefined ? null : createHash('sha256').update(entry.text).digest('hex');
}

/** `dvc.lock` of `dvc.yaml`. */
export function lockFileOf(file: string): string {
  return file.replace(/\.ya?ml$/, '.lock');
}
