import type { GraphStage } from '../../src/protocol/content';
import { findFamilies, isFolded, type Family } from './families';

/** One box of the picture: a stage, or a folded family of stages. */
export interface PictureNode {
  readonly id: string;
  readonly name: string;
  /** One, or all members of the folded family. */
  readonly stages: readonly GraphStage[];
  /** The family that it is a member of, or that it is. */
  readonly family: Family | undefined;
  readonly folded: boolean;
  /** Ids of boxes. */
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
}

/** What is drawn: the stages with some of their families folded. */
export interface Picture {
  /** In the order of the project. */
  readonly nodes: ReadonlyMap<string, PictureNode>;
  /** The box that a stage is drawn in, by the stage's id. */
  readonly boxOf: ReadonlyMap<string, string>;
  /** All stages are of one tool: no box need say which. */
  readonly isOfOneTool: boolean;
  /** The same for pictures that need the same layout. */
  readonly structure: string;
}

export function makePicture(
  stages: readonly GraphStage[],
  folds: Readonly<Record<string, boolean>>,
): Picture {
  const families = findFamilies(stages);
  const familyOf = new Map<string, Family>();
  for (const family of families.values()) {
    for (const { id } of family.members) familyOf.set(id, family);
  }
  const boxOf = new Map(
    stages.map(({ id }) => {
      const family = familyOf.get(id);
      return [id, family !== undefined && isFolded(family, folds) ? family.id : id];
    }),
  );
  const { upstream, downstream } = joinBoxes(stages, boxOf);
  const nodes = new Map<string, PictureNode>();
  for (const stage of stages) {
    const id = boxOf.get(stage.id) ?? stage.id;
    const family = familyOf.get(stage.id);
    const folded = id !== stage.id;
    nodes.set(id, {
      id,
      name: folded && family !== undefined ? family.name : stage.name,
      stages: folded && family !== undefined ? family.members : [stage],
      family,
      folded,
      upstream: [...(upstream.get(id) ?? [])],
      downstream: [...(downstream.get(id) ?? [])],
    });
  }
  const structure = JSON.stringify([...nodes.values()].map(({ id, upstream }) => [id, upstream]));
  const isOfOneTool = new Set(stages.map(({ tool }) => tool)).size === 1;
  return { nodes, boxOf, isOfOneTool, structure };
}

/** The edges between boxes, once each; none from a box to itself, and none to a stage that is not there. */
function joinBoxes(
  stages: readonly GraphStage[],
  boxOf: ReadonlyMap<string, string>,
): Record<'upstream' | 'downstream', ReadonlyMap<string, ReadonlySet<string>>> {
  const ids = new Set(boxOf.values());
  const upstream = new Map([...ids].map((id) => [id, new Set<string>()]));
  const downstream = new Map([...ids].map((id) => [id, new Set<string>()]));
  for (const stage of stages) {
    const to = boxOf.get(stage.id);
    for (const needed of stage.upstream) {
      const from = boxOf.get(needed);
      if (to === undefined || from === undefined || from === to) continue;
      upstream.get(to)?.add(from);
      downstream.get(from)?.add(to);
    }
  }
  return { upstream, downstream };
}
