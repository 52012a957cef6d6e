import { resolve } from 'node:path';
import type { Stage } from '../../project/project';
import { hashFile, statFile } from '../hashing/contentHash';
import { findLocked, type LockedPath, type LockedStage } from './dvcLock';
import type { DvcPipeline } from './dvcPipeline';
import { CacheObjects, isInCache } from './cacheObjects';
import { IgnoreRules, type DvcIgnores } from './dvcRepository';
import type { StatusSources } from '../status/statusSources';
import { hashTree } from '../hashing/treeHash';

/** Compares what dvc.lock says of a stage's paths with what is on the disk. */
export class DvcPaths {
  constructor(
    private readonly stage: Stage,
    private readonly pipeline: DvcPipeline,
    private readonly sources: StatusSources,
  ) {}

  async dependencyChanges(locked: LockedStage): Promise<readonly string[]> {
    const outside = this.outside().filter((path) => !locked.outputs.has(path));
    const changes: string[] = [];
    for (const path of [...this.stage.dependencies, ...outside]) {
      const entry = this.find(locked.dependencies, path);
      const change = await this.compare(path, entry, 'is a new dependency');
      if (change !== undefined) changes.push(`${path} ${change}`);
    }
    return changes;
  }

  async outputChanges(locked: LockedStage): Promise<readonly string[]> {
    const outside = this.outside().filter((path) => locked.outputs.has(path));
    const changes: string[] = [];
    for (const path of [...this.stage.outputs, ...outside]) {
      const entry = this.find(locked.outputs, path);
      const change =
        (await this.compare(path, entry, 'is new')) ?? (await this.missesCache(path, entry));
      if (change !== undefined) changes.push(`output ${path} ${change}`);
    }
    return changes;
  }

  private find(entries: ReadonlyMap<string, LockedPath>, path: string): LockedPath | undefined {
    return entries.get(path) ?? findLocked(entries, this.stage.cwd, path);
  }

  /** Those on this machine. */
  private outside(): readonly string[] {
    return (this.stage.outside ?? []).filter((path) => !isRemote(path));
  }

  private async compare(
    path: string,
    locked: LockedPath | undefined,
    whereNew: string,
  ): Promise<string | undefined> {
    const digest = await this.digest(path, locked?.algorithm ?? 'md5');
    if (digest === null) return 'is missing';
    if (locked?.digest === undefined) return whereNew;
    return digest === locked.digest ? undefined : 'changed';
  }

  private async digest(path: string, algorithm: LockedPath['algorithm']): Promise<string | null> {
    const absolute = this.absolute(path);
    const { hashes } = this.sources;
    if (statFile(absolute)?.isDirectory() !== true) return hashFile(absolute, algorithm, hashes);
    return this.sources.once(TreeDigests).of(`${algorithm} ${absolute}`, () => {
      const { ignores, rules } = this.ignores(absolute);
      return hashTree(absolute, algorithm, hashes, ignores, rules);
    });
  }

  private ignores(folder: string): DvcIgnores {
    return this.sources.once(IgnoreRules).of(this.pipeline.repository, folder);
  }

  private absolute(path: string): string {
    const isOutside = this.stage.outside?.includes(path) === true;
    return resolve(this.sources.root, isOutside ? this.stage.cwd : '.', path);
  }

  private async missesCache(
    path: string,
    locked: LockedPath | undefined,
  ): Promise<string | undefined> {
    const { repository } = this.pipeline;
    const isUncached = this.stage.uncached?.includes(path) === true;
    if (repository === undefined || locked === undefined || isUncached) return undefined;
    const objects = this.sources.once(CacheObjects);
    return (await isInCache(repository, locked, objects, this.sources.hashes))
      ? undefined
      : 'is not in the cache of DVC';
  }
}

/** The digests of folders in one reading of the status: one stage writes what others read. */
class TreeDigests {
  private readonly digests = new Map<string, Promise<string>>();

  of(key: string, hash: () => Promise<string>): Promise<string> {
    const known = this.digests.get(key) ?? hash();
    this.digests.set(key, known);
    return known;
  }
}

/** Whether a path is on another machine: `s3://…`. */
export function isRemote(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}
