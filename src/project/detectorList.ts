import type { Detector } from './detector';
import { dvcDetector } from './detectors/dvc';

/** All detectors, in the order of their weight: what several of them find is described by the first. */
export const detectors: readonly Detector[] = [dvcDetector];
