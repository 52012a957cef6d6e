import type { Stage } from './project';

type Placed = Pick<Stage, 'id' | 'name' | 'tool' | 'cwd' | 'source'>;

/**
 * Where a stage is, for those that share their name with another one: its folder, else its file, else its tool,
 * whichever tells them apart. By the stage's id; absent where the name alone will do.
 */
export function stagePlaces(stages: readonly Placed[]): ReadonlyMap<string, string> {
  const byName = new Map<string, Placed[]>();
  for (const stage of stages) {
    const namesakes = byName.get(stage.name);
    if (namesakes === undefined) byName.set(stage.name, [stage]);
    else namesakes.push(stage);
  }
  const shared = [...byName.values()].filter((namesakes) => namesakes.length > 1);
  return new Map(
    shared.flatMap((namesakes) => {
      const placeOf = WAYS.find((way) => new Set(namesakes.map(way)).size === namesakes.length);
      return namesakes.map((stage) => [stage.id, (placeOf ?? idOf)(stage)] as const);
    }),
  );
}

const idOf = ({ id }: Placed): string => id;

const WAYS: readonly ((stage: Placed) => string)[] = [
  ({ cwd }) => (cwd === '.' ? './' : cwd),
  ({ source }) => source.file,
  ({ tool }) => tool,
];
