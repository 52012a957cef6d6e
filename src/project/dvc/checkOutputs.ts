import type { Problem } from '../../base/problem';
import type { DetectedStage } from '../detector';
import type { FileIndex } from '../fileIndex';
import { folderOf, resolvePath } from '../paths';
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
      if (stage.dependencies.includes(output)) {
        report(stage, `${output} is both an output and a dependency of ${stage.id}.`, ONE_OF_BOTH);
      }
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

const ONE_WRITER = 'Let one of them write something else.';
const ONE_OF_BOTH = 'Take it out of one of the two lists.';
const NOT_IGNORED = 'Change the rule, or write it elsewhere.';
const APART = 'Let them write into folders of their own.';

/** The folders that a path lies in, without the root. */
function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

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
