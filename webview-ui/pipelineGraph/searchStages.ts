import type { GraphStage } from '../../src/protocol/content';
import type { Picture } from './picture';
import { stateOf, toolName, type ShownState } from './stageWords';

export interface StageFilter {
  /** Every word of it must occur in the name, id, tool or kind. */
  readonly search: string;
  /** Undefined: all. */
  readonly state: ShownState | undefined;
}

/** The ids of the stages that a filter lets through; undefined where it lets all of them. */
export function matchingStages(
  stages: readonly GraphStage[],
  { search, state }: StageFilter,
): ReadonlySet<string> | undefined {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && state === undefined) return undefined;
  const matches = stages.filter((stage) => {
    if (state !== undefined && stateOf(stage) !== state) return false;
    const { id, name, kind, tool } = stage;
    const text = [id, name, kind, tool, toolName(tool)].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return new Set(matches.map(({ id }) => id));
}

/** The boxes that stages are drawn in, in the order of the project. */
export function boxesOf(stages: Iterable<string>, { boxOf }: Picture): ReadonlySet<string> {
  return new Set([...stages].flatMap((id) => boxOf.get(id) ?? []));
}
