import { ciDetection } from '../ci/ciDetection';
import { readGithubActions } from '../ci/githubActions';
import type { Detector } from '../detector';

/** GitHub Actions: which job runs which script. */
export const githubActionsDetector: Detector = {
  name: 'github-actions',
  detect: async ({ files }) => ciDetection('github-actions', await readGithubActions(files), files),
};
