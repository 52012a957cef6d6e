import { createHash } from 'node:crypto';
import type { Result } from '../../base/result';
import { ok } from '../../base/result';
import type { PartMeasures } from './measures';
import { mergeMeasures } from './mergeMeasures';
import type { Part } from './parts';
import type { ProfileShape } from './profile';

export interface MergeSources {
  readonly shape: ProfileShape | undefined;
  /** What is kept of some content. */
  read(contentId: string): Promise<PartMeasures | undefined>;
  keep(contentId: string, measures: PartMeasures): Promise<void>;
  /** The measures of each part, in their order. */
  measure(parts: readonly Part[]): Promise<Result<readonly PartMeasures[]>>;
}

/** Parts that stand next to each other, and what is known of them. */
interface Branch {
  readonly parts: readonly Part[];
  readonly known?: PartMeasures;
  readonly halves?: readonly [Branch, Branch];
}

/**
 * The measures of all parts together. They are merged as a tree whose branches are kept too, so that a part that is
 * added or changed costs one measure and as many merges as the tree is high. Halves are cut at powers of two, as in
 * Merkle trees (RFC 6962), so that parts at the end leave the branches before them as they are.
 */
export async function mergeParts(
  parts: readonly Part[],
  sources: MergeSources,
): Promise<Result<PartMeasures>> {
  const tree = await openBranch(parts, sources);
  const missing = missingIn(tree);
  const measured = missing.length === 0 ? ok([]) : await sources.measure(missing);
  if (!measured.ok) return measured;
  const fresh = new Map(missing.map((part, index) => [part, measured.value[index]]));
  return ok(await join(tree, fresh, sources));
}

async function openBranch(parts: readonly Part[], sources: MergeSources): Promise<Branch> {
  const id = idOf(parts);
  const known = id === undefined ? undefined : await sources.read(id);
  if (known !== undefined) return { parts, known };
  if (parts.length < 2) return { parts };
  const half = 2 ** Math.floor(Math.log2(parts.length - 1));
  const first = await openBranch(parts.slice(0, half), sources);
  return { parts, halves: [first, await openBranch(parts.slice(half), sources)] };
}

function missingIn({ parts, known, halves }: Branch): readonly Part[] {
  if (known !== undefined) return [];
  return halves === undefined ? parts : halves.flatMap(missingIn);
}

async function join(
  { parts, known, halves }: Branch,
  fresh: ReadonlyMap<Part, PartMeasures | undefined>,
  sources: MergeSources,
): Promise<PartMeasures> {
  if (known !== undefined) return known;
  const made =
    halves === undefined
      ? parts.flatMap((part) => fresh.get(part) ?? [])
      : [await join(halves[0], fresh, sources), await join(halves[1], fresh, sources)];
  const merged = mergeMeasures(made, sources.shape);
  const id = idOf(parts);
  if (id !== undefined) await sources.keep(id, merged);
  return merged;
}

function idOf(parts: readonly Part[]): string | undefined {
  const ids = parts.flatMap(({ contentId }) => contentId ?? []);
  if (ids.length < parts.length) return undefined;
  if (ids.length === 1) return ids[0];
  return createHash('sha256').update(ids.join('\n')).digest('hex');
}
