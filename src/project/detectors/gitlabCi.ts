import { ciDetection } from '../ci/ciDetection';
import { readGitlabCi } from '../ci/gitlabCi';
import type { Detector } from '../detector';

/** GitLab CI: which job runs which script. */
export const gitlabCiDetector: Detector = {
  name: 'gitlab-ci',
  detect: async ({ files }) => ciDetection('gitlab-ci', await readGitlabCi(files), files),
};
