import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';
import { canonicalJson } from '../../base/canonicalJson';
import type { DatasetFormat } from '../../project/project';
import { PROFILE_VERSION, type Profile, type ProfileShape } from './profile';
import { profileSchema } from './profileSchema';

/** What a profile is made of: the same key, the same profile. */
export interface ProfileKey {
  readonly contentId: string;
  readonly format: DatasetFormat;
  readonly shape?: ProfileShape;
}

/** Profiles by content. A file that is missing, torn or not ours is a profile that was not kept. */
export class ProfileCache {
  constructor(private readonly folder: string) {}

  async read(key: ProfileKey): Promise<Profile | undefined> {
    try {
      const parsed = profileSchema.safeParse(JSON.parse(await readFile(this.pathOf(key), 'utf8')));
      return parsed.success ? parsed.data : undefined;
    } catch {
      return undefined;
    }
  }

  /** A cache that cannot be written costs time, not the validation. */
  async write(key: ProfileKey, profile: Profile): Promise<void> {
    await writeFileAtomically(this.pathOf(key), canonicalJson(profile)).catch(() => {});
  }

  private pathOf({ contentId, format, shape = new Map() }: ProfileKey): string {
    const shapes = [...shape].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = canonicalJson([PROFILE_VERSION, contentId, format, shapes]);
    return join(this.folder, `${createHash('sha256').update(text).digest('hex')}.json`);
  }
}
