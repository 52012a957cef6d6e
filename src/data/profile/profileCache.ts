import { createHash } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';
import { canonicalJson } from '../../base/canonicalJson';
import { pruneFolder } from '../../base/pruneFolder';
import type { DatasetFormat } from '../../project/project';
import type { FactsAsk } from './factsAsk';
import type { PartMeasures } from './measures';
import { partSchema } from './partSchema';
import { PROFILE_VERSION, type Profile, type ProfileShape, type RowFacts } from './profile';
import { factsSchema, profileSchema } from './profileSchema';

const BOUNDS = { mostBytes: 512 * 1024 ** 2, mostFiles: 5000 };

/** What a profile is made of: the same key, the same profile. */
export interface ProfileKey {
  readonly contentId: string;
  readonly format: DatasetFormat;
  readonly shape?: ProfileShape;
}

/** What is measured on whole rows is made of. */
export interface FactsKey {
  readonly contentId: string;
  readonly format: DatasetFormat;
  readonly ask: FactsAsk;
  /** The names and contents of the datasets that references are to. */
  readonly others: readonly (readonly [dataset: string, contentId: string])[];
}

/** Profiles, parts and facts by content. A file that is missing, torn or not ours is one that was not kept. */
export class ProfileCache {
  constructor(private readonly folder: string) {}

  async readProfile(key: ProfileKey): Promise<Profile | undefined> {
    const parsed = profileSchema.safeParse(await this.read(this.pathOf('profile', key)));
    return parsed.success ? parsed.data : undefined;
  }

  writeProfile(key: ProfileKey, profile: Profile): Promise<void> {
    return this.write(this.pathOf('profile', key), canonicalJson(profile));
  }

  async readPart(key: ProfileKey): Promise<PartMeasures | undefined> {
    const parsed = partSchema.safeParse(await this.read(this.pathOf('part', key)));
    return parsed.success ? parsed.data : undefined;
  }

  writePart(key: ProfileKey, part: PartMeasures): Promise<void> {
    // With all digits: rounded values would not be told apart from their neighbours when parts are merged.
    return this.write(this.pathOf('part', key), JSON.stringify(part));
  }

  async readFacts(key: FactsKey): Promise<RowFacts | undefined> {
    const parsed = factsSchema.safeParse(await this.read(this.pathOf('facts', key)));
    return parsed.success ? parsed.data : undefined;
  }

  writeFacts(key: FactsKey, facts: RowFacts): Promise<void> {
    return this.write(this.pathOf('facts', key), canonicalJson(facts));
  }

  /** Removes what was not used for longest until the rest is within bounds. */
  prune(): Promise<void> {
    return pruneFolder(this.folder, BOUNDS);
  }

  private async read(path: string): Promise<unknown> {
    try {
      const value: unknown = JSON.parse(await readFile(path, 'utf8'));
      const now = new Date();
      await utimes(path, now, now);
      return value;
    } catch {
      return undefined;
    }
  }

  /** A cache that cannot be written costs time, not the validation. */
  private async write(path: string, text: string): Promise<void> {
    await writeFileAtomically(path, text).catch(() => {});
  }

  private pathOf(kind: string, key: ProfileKey | FactsKey): string {
    const { contentId, format } = key;
    const rest =
      'ask' in key
        ? [key.ask, key.others]
        : [[...(key.shape ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))];
    const text = canonicalJson([PROFILE_VERSION, kind, contentId, format, ...rest]);
    return join(this.folder, `${createHash('sha256').update(text).digest('hex')}.json`);
  }
}
