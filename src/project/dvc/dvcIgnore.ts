import ignore from 'ignore';
import type { FileIndex } from '../files/fileIndex';
import { folderOf } from '../files/paths';

/**
 * Which files DVC does not look at: those that a `.dvcignore` in their folder or above leaves out. Undefined where
 * there is none.
 */
export async function readDvcIgnore(
  files: FileIndex,
): Promise<((path: string) => boolean) | undefined> {
  const rules = await Promise.all(
    files.named('.dvcignore').map(async (path) => {
      const text = await files.readText(path);
      const lines = text.ok ? text.value.split(/\r?\n/) : [];
      const folder = folderOf(path);
      const prefix = folder === '.' ? '' : `${folder}/`;
      return { prefix, rule: ignore().add(lines.map((line) => line.trim())) };
    }),
  );
  if (rules.length === 0) return undefined;
  return (path) =>
    path !== '.' &&
    rules.some(({ prefix, rule }) => {
      const inside = path.startsWith(prefix) ? path.slice(prefix.length) : '';
      return inside !== '' && rule.ignores(inside);
    });
}
