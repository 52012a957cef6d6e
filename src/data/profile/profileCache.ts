import { createHash } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';
import { canonicalJson } from '../../base/canonicalJson';
import { pruneFolder } from '../../base/pruneFolder';
import type { DatasetFormat } from '../../project/project';
import type { PartMeasures } from './measures';
import { PROFILE_VERSION, type Profile, type ProfileShape } from './profile';
import { profileSchema } from './profileSchema';

const BOUNDS = { mostBytes: 512 * 1024 ** 2, mostFiles: 5000 };

/** What a profile is made of: the same key, the same profile. */
export interface ProfileKey {
  readonly contentId: string;
  readonly format: DatasetFormat;
  readonly shape?: ProfileShape;
}

/** Profiles and parts by content. A file that is missing, torn or not ours is one that was not kept. */
export class ProfileCache {
  constructor(private readonly folder: string) {}

  async readProfile(key: ProfileKey): Promise<Profile | undefined> {
    const text = await this.read(this.pathOf('profile', key));
    const parsed = text === undefined ? undefined : profileSchema.safeParse(parseJson(text));
    return parsed?.success === true ? parsed.data : undefined;
  }

  writeProfile(key: ProfileKey, profile: Profile): Promise<void> {
    return this.write(this.pathOf('profile', key), canonicalJson(profile));
  }

  async readPart(key: ProfileKey): Promise<PartMeasures | undefined> {
    const kept = await this.read(this.pathOf('part', key));
    const end = kept?.indexOf('\n') ?? -1;
    const text = kept?.slice(end + 1);
    if (text === undefined || digest(text) !== kept?.slice(0, end)) return undefined;
    return JSON.parse(text) as PartMeasures;
  }

  writePart(key: ProfileKey, part: PartMeasures): Promise<void> {
    // With all digits: rounded values would not be told apart from their neighbours when parts are merged.
    const text = JSON.stringify(part);
    // Under its hash, because there are many values: to look at each of them takes longer than all the rest.
    return this.write(this.pathOf('part', key), `${digest(text)}\n${text}`);
  }

  /** Removes what was not used for longest until the rest is within bounds. */
  prune(): Promise<void> {
    return pruneFolder(this.folder, BOUNDS);
  }

  private async read(path: string): Promise<string | undefined> {
    try {
      const text = await readFile(path, 'utf8');
      const now = new Date();
      await utimes(path, now, now);
      return text;
    } catch {
      return undefined;
    }
  }

  /** A cache that cannot be written costs time, not the validation. */
  private async write(path: string, text: string): Promise<void> {
    await writeFileAtomically(path, text).catch(() => {});
  }

  private pathOf(kind: string, { contentId, format, shape = new Map() }: ProfileKey): string {
    const shapes = [...shape].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = canonicalJson([PROFILE_VERSION, kind, contentId, format, shapes]);
    return join(this.folder, `${digest(text)}.json`);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
