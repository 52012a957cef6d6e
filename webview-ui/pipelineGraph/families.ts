import type { GraphStage } from '../../src/protocol/content';

/** Fewer members than this are drawn one by one until the user folds them. */
const MANY = 7;

/** Stages that one definition makes for several items: `train@a`, `train@b` of a `foreach` or a `matrix`. */
export interface Family {
  /** Unique among the families and not the id of any stage. */
  readonly id: string;
  /** What its members' names begin with: `train`. */
  readonly name: string;
  readonly members: readonly GraphStage[];
}

/** The families of at least two, by id, in the order of the stages. */
export function findFamilies(stages: readonly GraphStage[]): ReadonlyMap<string, Family> {
  const groups = new Map<string, GraphStage[]>();
  for (const stage of stages) {
    const at = stage.name.indexOf('@');
    if (at <= 0) continue;
    // Of one definition: two files may each have a `train@a`.
    const { name, tool, source } = stage;
    const id = `family\n${tool}\n${source.file}\n${name.slice(0, at)}`;
    const members = groups.get(id);
    if (members === undefined) groups.set(id, [stage]);
    else members.push(stage);
  }
  const families = [...groups].filter(([, members]) => members.length > 1);
  return new Map(families.map(([id, members]) => [id, { id, name: nameOf(id), members }]));
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('\n') + 1);
}

/** Whether a family is drawn as one: as the user wants it, else where it has many members. */
export function isFolded(family: Family, folds: Readonly<Record<string, boolean>>): boolean {
  return folds[family.id] ?? family.members.length >= MANY;
}
