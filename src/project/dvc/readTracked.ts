import { classifyPath } from '../classify/classifyPath';
import type { Detection } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { folderOf, resolvePath } from '../files/paths';
import { parseYaml, type YamlNode } from '../yamlNode';

/** A `.dvc` file: the dataset or model that it tracks. Only data and models are read, a project can have thousands. */
export async function readTracked(files: FileIndex, file: string): Promise<Detection> {
  const named = classifyPath(file.slice(0, -'.dvc'.length), { file, line: 1 });
  if (named.dataset === undefined && named.model === undefined) return {};
  const text = await files.readText(file);
  if (!text.ok) return { problems: [text.problem] };
  const { root, problems } = parseYaml(text.value, file);
  const folder = resolvePath(folderOf(file), root.get('wdir')?.text ?? '.') ?? '.';
  const outs = (root.get('outs')?.items() ?? []).map((out) => classifyOut(out, folder, file));
  return {
    datasets: outs.flatMap((out) => out.dataset ?? []),
    models: outs.flatMap((out) => out.model ?? []),
    problems,
  };
}

function classifyOut(out: YamlNode, folder: string, file: string): ReturnType<typeof classifyPath> {
  const written = out.get('path');
  const path = resolvePath(folder, written?.text ?? '');
  if (path === undefined || written === undefined) return {};
  return classifyPath(path, { file, line: written.line });
}
