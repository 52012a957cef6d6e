import ignore from 'ignore';
import type { Problem } from '../../base/problem';
import type { FileIndex } from '../files/fileIndex';
import { folderOf } from '../files/paths';
import { readDvcSection } from './dvcConfig';

/** A rule of a .gitignore. */
interface IgnoreRule {
  readonly file: string;
  readonly line: number;
}

/** Says which rule of git leaves a path out; undefined where none does, or DVC works without git. */
export type FindIgnoreRule = (path: string) => IgnoreRule | undefined;

/** Only of the .gitignore files in the project. */
export async function readGitIgnore(files: FileIndex): Promise<FindIgnoreRule> {
  const config = await files.readText('.dvc/config');
  const core = config.ok ? readDvcSection(config.value, 'core') : {};
  if (/^true$/i.test(core['no_scm'] ?? '')) return () => undefined;
  const read = await Promise.all(
    files.named('.gitignore').map(async (file) => {
      const text = await files.readText(file);
      const lines = text.ok ? text.value.split(/\r?\n/) : [];
      const prefix = folderOf(file) === '.' ? '' : `${folderOf(file)}/`;
      return { file, lines, prefix, rules: ignore().add(lines) };
    }),
  );
  return (path) => {
    for (const { file, lines, prefix, rules } of read) {
      const inside = path.startsWith(prefix) ? path.slice(prefix.length) : '';
      if (inside === '' || !rules.ignores(inside)) continue;
      const index = lines.findLastIndex((line) => ignore().add(line).ignores(inside));
      return { file, line: index + 1 };
    }
    return undefined;
  };
}

/** DVC refuses the whole project where git leaves a lock file out, whether it is there or not. */
export function checkLockIgnored(
  pipeline: string,
  rule: IgnoreRule | undefined,
): readonly Problem[] {
  if (rule === undefined) return [];
  const lock = pipeline.replace(/\.yaml$/, '.lock');
  const message = `DVC refuses the project: git ignores ${lock}, which belongs into the repository.`;
  return [{ code: 'dvc-invalid', message, ...rule, fix: 'Remove this rule.' }];
}
