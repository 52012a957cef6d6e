import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import { resolvePath } from '../files/paths';

/** Where preflight.yaml says something, and what is wrong with it. */
export interface ConfigPlace {
  /** The line of a key: `('datasets', 'train')`. */
  at(...path: readonly string[]): Evidence;
  readonly problems: Problem[];
}

/** Paths of preflight.yaml, relative to the root; one that leads out of the project is left out, with a problem. */
export function configPaths(
  paths: readonly string[],
  source: Evidence,
  place: ConfigPlace,
): readonly string[] {
  return paths.flatMap((path) => {
    const resolved = resolvePath('.', path);
    if (resolved !== undefined) return [resolved];
    place.problems.push({
      code: 'path-outside-project',
      message: `${path} does not lie in the project.`,
      ...source,
    });
    return [];
  });
}
