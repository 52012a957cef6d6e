import type { Profile } from '../profile/profile';

/** The committed profile to compare with: `.preflight/baselines/<dataset>.json`. */
export interface Baseline {
  readonly version: 1;
  readonly profile: Profile;
}
