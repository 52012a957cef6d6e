import type { Stage } from '../../project/project';

/**
 * Which stages of a plan run even if they are fresh.
 * @param targets ids or names of stages that the force is for; none is the whole plan
 */
export function forcedStages(
  force: boolean,
  targets: readonly string[],
): (stage: Stage) => boolean {
  return ({ id, name }) =>
    force && (targets.length === 0 || targets.includes(id) || targets.includes(name));
}
