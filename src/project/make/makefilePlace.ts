import { baseName } from '../files/paths';
import type { Stage } from '../project';

/** In the order in which GNU make looks for them in a folder. */
export const MAKEFILE_NAMES: readonly string[] = ['GNUmakefile', 'makefile', 'Makefile'];

/** The makefile that make is given for a stage: where the rule stands, or what includes that. */
export function makefileOf({ evidence, source }: Pick<Stage, 'evidence' | 'source'>): string {
  // The scripts that its recipe runs are evidence as well.
  const entry = evidence.findLast(({ file }) => MAKEFILE_NAMES.includes(baseName(file)));
  return (entry ?? source).file;
}
