import type { Problem } from '../../base/problem';
import type { DetectedStage } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { baseName, extensionOf, folderOf, parentsOf, resolvePath } from '../files/paths';
import { parseYaml } from '../yamlNode';

/** Why DVC would refuse the whole pipeline, whose outputs must each belong to one stage (dvc/repo/trie.py). */
export async function checkOutputs(
  stages: readonly DetectedStage[],
  files: FileIndex,
  isIgnored: ((path: string) => boolean) | undefined,
): Promise<readonly Problem[]> {
  const writers = new Map<string, DetectedStage>();
  const problems: Problem[] = [];
  const report = (stage: DetectedStage, message: string, fix: string): void => {
    problems.push({
      code: 'dvc-outputs',
      message: `DVC refuses the pipeline: ${message}`,
      ...stage.source,
      fix,
    });
  };
  for (const stage of stages) {
    for (const output of stage.outputs) {
      const other = writers.get(output);
      if (other !== undefined) {
        report(stage, `${output} is an output of ${other.id} and of ${stage.id}.`, ONE_WRITER);
      }
      for (const [message, fix] of faultsOf(output, stage)) report(stage, message, fix);
      if (isIgnored?.(output) === true) {
        report(stage, `.dvcignore leaves out ${output}, an output of ${stage.id}.`, NOT_IGNORED);
      }
      if (await isTracked(output, files)) {
        report(
          stage,
          `${output} is an output of ${stage.id} and tracked by ${output}.dvc.`,
          ONE_WRITER,
        );
      }
      writers.set(output, other ?? stage);
    }
  }
  for (const [output, stage] of writers) {
    const parent = parentsOf(output).find((folder) => writers.has(folder));
    const other = parent === undefined ? undefined : writers.get(parent);
    if (parent === undefined || other === undefined) continue;
    report(
      stage,
      `${output}, an output of ${stage.id}, lies in ${parent}, one of ${other.id}.`,
      APART,
    );
  }
  return problems;
}

/** What is wrong with an output whatever other stages write, and what to do. */
function faultsOf(
  output: string,
  { id, dependencies }: DetectedStage,
): readonly (readonly [string, string])[] {
  const faults: (readonly [string, string])[] = [];
  const read = dependencies.find((path) => isWithin(path, output) || isWithin(output, path));
  if (read === output) {
    faults.push([`${output} is both an output and a dependency of ${id}.`, ONE_OF_BOTH]);
  } else if (read !== undefined) {
    faults.push([`${id} reads ${read} and writes ${output}: one lies in the other.`, ONE_OF_BOTH]);
  }
  if (output === '.' || isDvcFile(output)) {
    faults.push([`${output} cannot be an output: DVC keeps files of its own there.`, ELSEWHERE]);
  }
  return faults;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || folder === '.' || path.startsWith(`${folder}/`);
}

function isDvcFile(path: string): boolean {
  return baseName(path) === 'dvc.yaml' || extensionOf(path) === '.dvc';
}

const ELSEWHERE = 'Write it elsewhere.';
const ONE_WRITER = 'Let one of them write something else.';
const ONE_OF_BOTH = 'Take it out of one of the two lists.';
const NOT_IGNORED = 'Change the rule, or write it elsewhere.';
const APART = 'Let them write into folders of their own.';

/** Only the file of the output's own name is looked at: a project can have thousands. */
async function isTracked(output: string, files: FileIndex): Promise<boolean> {
  const file = `${output}.dvc`;
  if (!files.has(file)) return false;
  const text = await files.readText(file);
  if (!text.ok) return false;
  const { root } = parseYaml(text.value, file);
  const folder = resolvePath(folderOf(file), root.get('wdir')?.text ?? '.') ?? '.';
  const outs = root.get('outs')?.items() ?? [];
  return outs.some((out) => resolvePath(folder, out.get('path')?.text ?? '') === output);
}
