import type { CiCommand } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { resolvePath } from '../files/paths';
import { parseYaml, type YamlNode } from '../yamlNode';
import type { CiFile } from './ciFile';

const NAME = /^\.github\/(?:workflows\/[^/]+|actions\/.+)\.ya?ml$/;
const CHECKOUT = /^\$(?:\{\{\s*github\.workspace\s*\}\}|GITHUB_WORKSPACE)\/?/;

/** The workflows of a project, and the composite actions in it. */
export async function readGithubActions(files: FileIndex): Promise<readonly CiFile[]> {
  const paths = files.withExtension('.yml', '.yaml').filter((path) => NAME.test(path));
  const found = await mapConcurrent(paths, 8, async (path) => {
    const text = await files.readText(path);
    return text.ok ? [{ path, commands: commandsOf(parseYaml(text.value, path).root, path) }] : [];
  });
  return found.flat();
}

function commandsOf(root: YamlNode, file: string): readonly CiCommand[] {
  const folder = defaultFolder(root);
  const jobs = (root.get('jobs')?.entries() ?? []).map(({ key, value }) => ({
    name: value.get('name')?.text ?? key,
    node: value,
  }));
  const composite = root.get('runs');
  const steps = composite === undefined ? [] : [{ name: undefined, node: composite }];
  return [...jobs, ...steps].flatMap(({ name, node }) => {
    const jobFolder = defaultFolder(node) ?? folder;
    const found = (node.get('steps')?.items() ?? []).flatMap((step) =>
      commandOf(step, jobFolder, file),
    );
    return name === undefined ? found : found.map((command) => ({ ...command, job: name }));
  });
}

function commandOf(step: YamlNode, folder: string | undefined, file: string): readonly CiCommand[] {
  const run = step.get('run');
  if (run?.text === undefined) return [];
  const written = step.get('working-directory')?.text ?? folder ?? '.';
  const cwd = resolvePath('.', written.replace(CHECKOUT, '') || '.') ?? '.';
  const evidence = { file, line: run.textLine };
  return [{ tool: 'github-actions', command: run.text, cwd, evidence }];
}

function defaultFolder(node: YamlNode): string | undefined {
  return node.get('defaults')?.get('run')?.get('working-directory')?.text;
}
