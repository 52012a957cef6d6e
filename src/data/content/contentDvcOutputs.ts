import type { Problem } from '../../base/problem';
import { baseName, folderOf, resolvePath } from '../../project/files/paths';
import type { ProjectFiles } from '../../project/files/projectFiles';
import { parseYaml, type YamlNode } from '../../project/yamlNode';

/** What DVC tracks: a file or a folder whose content it keeps outside git. Paths from the project's root. */
export interface DvcOutput {
  readonly path: string;
  /** 32 hex digits; of a folder, the hash of its listing. */
  readonly md5: string;
  readonly isFolder: boolean;
  /** Of DVC 2: text was hashed with its line ends made LF, and the cache is laid out differently. */
  readonly isLegacy: boolean;
  /** Bytes, where it is recorded. */
  readonly size?: number;
  /** Where this is recorded. */
  readonly file: string;
  readonly line: number;
  /** The command that makes or gets the content. */
  readonly command: string;
}

export interface DvcOutputs {
  readonly outputs: readonly DvcOutput[];
  /** What could not be read, with its line. */
  readonly problems: readonly Problem[];
}

/**
 * The outputs that dvc.lock and .dvc files record at one source.
 * https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#dvclock-file
 */
export async function readDvcOutputs(files: ProjectFiles): Promise<DvcOutputs> {
  const outputs: DvcOutput[] = [];
  const problems: Problem[] = [];
  for (const file of files.paths) {
    const isLock = baseName(file) === 'dvc.lock';
    if (!isLock && !(file.endsWith('.dvc') && baseName(file) !== '.dvc')) continue;
    const text = await files.readText(file);
    if (!text.ok) {
      problems.push(text.problem);
      continue;
    }
    const parsed = parseYaml(text.value, file);
    problems.push(...parsed.problems);
    if (isLock) outputs.push(...(await readLock(files, file, parsed.root)));
    else outputs.push(...readPointer(file, parsed.root));
  }
  return { outputs, problems };
}

/** Paths in a lock file are relative to the stage's working folder, which only dvc.yaml tells. */
async function readLock(
  files: ProjectFiles,
  file: string,
  root: YamlNode,
): Promise<readonly DvcOutput[]> {
  const folder = folderOf(file);
  const pipeline = await files.readText(folder === '.' ? 'dvc.yaml' : `${folder}/dvc.yaml`);
  const stages = pipeline.ok ? parseYaml(pipeline.value, 'dvc.yaml').root.get('stages') : undefined;
  return (root.get('stages')?.entries() ?? []).flatMap(({ key, value }) => {
    const stage = stages?.get(key.replace(/@.*$/s, ''));
    const cwd = (stage?.get('wdir') ?? stage?.get('do')?.get('wdir'))?.text ?? '.';
    const command = folder === '.' ? 'dvc repro' : `dvc repro ${file.replace(/lock$/, 'yaml')}`;
    return readOutputs(value, { folder: resolvePath(folder, cwd), file, command });
  });
}

function readPointer(file: string, root: YamlNode): readonly DvcOutput[] {
  const folder = resolvePath(folderOf(file), root.get('wdir')?.text ?? '.');
  return readOutputs(root, { folder, file, command: `dvc pull ${file}` });
}

interface OutputPlace {
  /** Undefined where it leads out of the project. */
  readonly folder: string | undefined;
  readonly file: string;
  readonly command: string;
}

function readOutputs(node: YamlNode, place: OutputPlace): readonly DvcOutput[] {
  return (node.get('outs')?.items() ?? []).flatMap((out): DvcOutput[] => {
    const path = resolvePath(place.folder ?? '..', out.get('path')?.text ?? '');
    const hash = /^([0-9a-f]{32})(\.dir)?$/.exec(out.get('md5')?.text ?? '');
    if (path === undefined || hash?.[1] === undefined) return [];
    const size = Number(out.get('size')?.text);
    return [
      {
        path,
        md5: hash[1],
        isFolder: hash[2] !== undefined,
        isLegacy: out.get('hash')?.text !== 'md5',
        ...(Number.isSafeInteger(size) ? { size } : {}),
        file: place.file,
        line: out.line,
        command: place.command,
      },
    ];
  });
}
