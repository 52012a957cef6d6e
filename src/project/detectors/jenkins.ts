import { ciDetection } from '../ci/ciDetection';
import { readJenkins } from '../ci/jenkins';
import type { Detector } from '../detector';

/** Jenkins: which stage of a Jenkinsfile runs which script. */
export const jenkinsDetector: Detector = {
  name: 'jenkins',
  detect: async ({ files }) => ciDetection('jenkins', await readJenkins(files), files),
};
