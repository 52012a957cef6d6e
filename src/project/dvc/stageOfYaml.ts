import type { Problem } from '../../base/problem';
import type { DetectedStage } from '../detector';
import type { StageKind } from '../project';
import { scriptRuns } from '../shell/scriptRuns';
import { kindOfName, kindOfPath } from '../classify/stageKind';
import type { YamlNode } from '../yamlNode';
import type { ExpandedStage } from './expandStages';
import { StageReader, unique, type NamedPath } from './stageReader';
import type { OptionWriting } from './writeOptions';

export interface DvcStage {
  readonly stage: DetectedStage;
  readonly dependencies: readonly NamedPath[];
  readonly outputs: readonly NamedPath[];
  readonly metrics: readonly NamedPath[];
}

/** Where a stage is written, and what its maps become in commands. */
export interface StagePlace {
  readonly file: string;
  /** That of the file. */
  readonly folder: string;
  readonly writing: OptionWriting;
}

/**
 * One stage of a dvc.yaml. Outputs are everything that DVC calls an output: `outs`, `metrics` and `plots`.
 * Problems: `dvc-invalid` for a stage without a command, `dvc-template-unsupported` for an unknown `${…}`.
 * @param cwd relative to the project's root
 */
export function stageOfYaml(
  expanded: ExpandedStage,
  place: StagePlace,
  cwd: string,
  problems: Problem[],
): DvcStage | undefined {
  const reader = new StageReader(expanded, place.file, place.writing, problems);
  const recorded = reader.command();
  if (recorded === undefined) return undefined;
  reader.checkOthers();
  const command = joinCommands(recorded);
  const outs = reader.paths('outs', cwd);
  const metrics = reader.paths('metrics', cwd);
  const plots = reader.paths('plots', cwd);
  const dependencies = reader.paths('deps', cwd);
  const outputs = [...outs, ...metrics, ...plots];
  reader.checkPaths(dependencies, [outs, metrics, plots]);
  const source = { file: place.file, line: expanded.line };
  const stage: DetectedStage = {
    id: place.folder === '.' ? expanded.name : `${place.file}:${expanded.name}`,
    name: expanded.name,
    tool: 'dvc',
    kind: kindOfStage(expanded.name, command, cwd),
    command,
    cwd,
    dependencies: inProject(dependencies),
    outputs: inProject(outputs),
    parameters: reader.parameters(cwd),
    metrics: inProject(metrics),
    source,
    evidence: [source],
    ...flagsOf(expanded.body),
    ...listed('uncached', inProject(outputs.filter(isUncached))),
    ...listed('outside', outsideOf([...dependencies, ...outputs])),
    ...(recorded === command ? {} : { recordedCommand: JSON.stringify(recorded) }),
  };
  return { stage, dependencies, outputs, metrics };
}

/** The commands of a list run in order, each only after the one before succeeded. */
function joinCommands(recorded: string | readonly string[]): string {
  return [recorded]
    .flat()
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .join(' && ');
}

function flagsOf(body: YamlNode): Pick<DetectedStage, 'frozen' | 'alwaysRuns'> {
  return {
    ...(body.get('frozen')?.toValue() === true ? { frozen: true } : {}),
    ...(body.get('always_changed')?.toValue() === true ? { alwaysRuns: true } : {}),
  };
}

function isUncached({ options }: NamedPath): boolean {
  return options?.get('cache')?.toValue() === false;
}

function inProject(paths: readonly NamedPath[]): readonly string[] {
  return unique(paths.flatMap(({ path }) => path ?? []));
}

function outsideOf(paths: readonly NamedPath[]): readonly string[] {
  return unique(paths.flatMap(({ path, written }) => (path === undefined ? [written] : [])));
}

function listed<Key extends string>(
  key: Key,
  paths: readonly string[],
): { readonly [Name in Key]?: readonly string[] } {
  return paths.length === 0 ? {} : ({ [key]: paths } as { [Name in Key]: readonly string[] });
}

/** What the stage's name says, else the script that it runs. */
function kindOfStage(name: string, command: string, cwd: string): StageKind {
  const named = kindOfName(name.replace(/@.*/, ''));
  const [script] = scriptRuns(command, cwd).flatMap((run) => run.paths);
  return named ?? (script === undefined ? undefined : kindOfPath(script)) ?? 'other';
}
