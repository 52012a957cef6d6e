import { classifyPath } from '../classify/classifyPath';
import type { DetectedStage, Detection } from '../detector';
import { isWrittenMetricsPath } from '../classify/metricsPath';
import { resolvePath } from '../files/paths';
import type { StageKind } from '../project';
import { scriptRuns } from '../shell/scriptRuns';
import { splitCommands } from '../shell/simpleCommands';
import { kindOfName, kindOfPath } from '../classify/stageKind';
import { isUnknown } from './makeFunctions';
import type { Makefile } from './readMakefile';
import { recipeText } from './recipeText';
import { closureOf, findTargets, type MakeTarget } from './targets';

/** Programs that say that a makefile has to do with data or models, besides scripts that it runs. */
const PROGRAMS =
  /^(?:python[\d.]*|Rscript|julia|jupyter|papermill|dvc|mlflow|kedro|snakemake|spark-submit|dbt|quarto)$/;

/** What people call everything, wherever it stands; else it is the default goal. */
const GOALS = ['all', 'pipeline', 'reproduce', 'repro'];

interface Described {
  readonly target: MakeTarget;
  readonly command: string;
  readonly kind: StageKind;
}

/**
 * The targets of a makefile as stages; none where it has nothing to do with data or models. The whole pipeline is what
 * `all` needs, or the default goal. Where that is no work on data (`help`), it is every target whose name or script says
 * that it is one (`data`, `train`). All others run on request.
 */
export function detectMakefile(
  makefile: Makefile,
  exists: (path: string) => boolean,
  idOf: (target: string) => string,
): Detection {
  const inFolder = (path: string): boolean => {
    const located = resolvePath(makefile.folder, path);
    // What lies outside of the project is taken to be there.
    return located === undefined || exists(located);
  };
  const targets = findTargets(makefile, inFolder);
  const all = [...targets.values()].map((target) => describe(target, makefile));
  if (!all.some((one) => isAboutData(one, makefile.folder))) return {};
  // What only a shell could name cannot be asked for.
  const described = all.filter(({ target }) => !isUnknown(target.name));
  const pipeline = pipelineOf(described, targets, makefile.defaultGoal);
  const stages = described.map((one) =>
    stageOf(one, makefile, targets, idOf, pipeline.has(one.target.name)),
  );
  const products = described.flatMap(({ target }) => productsOf(target, makefile));
  return {
    stages,
    datasets: products.flatMap(({ dataset }) => dataset ?? []),
    models: products.flatMap(({ model }) => model ?? []),
    metrics: stages.flatMap(({ metrics, source }) =>
      metrics.map((path) => ({ path, evidence: [source] })),
    ),
    problems: makefile.problems,
  };
}

function describe(target: MakeTarget, makefile: Makefile): Described {
  const command = recipeText(target, makefile);
  const scripts = scriptRuns(command, makefile.folder).flatMap(({ paths }) => paths.slice(0, 1));
  const kinds = scripts.flatMap((path) => kindOfPath(path) ?? []);
  const name = target.name.replace(/^.*\//s, '');
  const kind = isCleaning(name, command) ? 'other' : (kindOfName(name) ?? kinds.at(-1) ?? 'other');
  return { target, command, kind };
}

/** `make clean` removes what was made; it cleans no data. */
function isCleaning(name: string, command: string): boolean {
  return (
    /^(?:\w*clean|clobber)$/.test(name) || (/clean/.test(name) && /^(?:rm|find)\b/.test(command))
  );
}

function isAboutData({ command }: Described, folder: string): boolean {
  const scripts = scriptRuns(command, folder).flatMap(({ paths }) => paths.slice(0, 1));
  if (scripts.some((path) => !path.endsWith('.sh'))) return true;
  return splitCommands(command).some(({ words }) =>
    words.slice(0, 3).some((word) => PROGRAMS.test(word.replace(/^.*\//s, ''))),
  );
}

function pipelineOf(
  described: readonly Described[],
  targets: ReadonlyMap<string, MakeTarget>,
  defaultGoal: string | undefined,
): ReadonlySet<string> {
  const goal = GOALS.find((name) => targets.has(name)) ?? defaultGoal;
  const reached: ReadonlySet<string> = goal === undefined ? new Set() : closureOf(goal, targets);
  const isWork = ({ target, kind }: Described): boolean => kind !== 'other' && target.hasRecipe;
  if (described.some((one) => isWork(one) && reached.has(one.target.name))) return reached;
  const work = described.filter(isWork).map(({ target }) => target.name);
  const isGoal = GOALS.some((name) => reached.has(name));
  // Its names say nothing, but it says itself that this is everything.
  if (work.length === 0 && isGoal) return reached;
  return new Set(work.flatMap((name) => [...closureOf(name, targets)]));
}

function stageOf(
  { target, command, kind }: Described,
  makefile: Makefile,
  targets: ReadonlyMap<string, MakeTarget>,
  idOf: (target: string) => string,
  isInPipeline: boolean,
): DetectedStage {
  const located = (path: string): readonly string[] => {
    const found = resolvePath(makefile.folder, path);
    return found === undefined ? [] : [found];
  };
  const isOf = (name: string, wanted: (target: MakeTarget) => boolean): boolean => {
    const other = targets.get(name);
    return other !== undefined && wanted(other);
  };
  const outputs = target.isPhony || !target.hasRecipe ? [] : target.together.flatMap(located);
  const source = { file: target.file, line: target.line };
  const needs = [
    ...target.prerequisites.filter((name) => isOf(name, (one) => one.isPhony || !one.hasRecipe)),
    ...target.orderOnly.filter((name) => targets.has(name)),
  ];
  // Make takes a name that is no file for remade just now.
  const needsName = target.prerequisites.some((name) => isOf(name, (one) => one.isName));
  const unnamed = target.prerequisites.filter(isUnknown);
  return {
    id: idOf(target.name),
    name: target.name,
    tool: 'make',
    kind,
    command,
    cwd: makefile.folder,
    dependencies: target.prerequisites
      .filter((name) => !isOf(name, (one) => one.isName) && !isUnknown(name))
      .flatMap(located),
    outputs,
    parameters: [],
    metrics: outputs.filter(isWrittenMetricsPath),
    source,
    evidence:
      target.file === makefile.entry ? [source] : [source, { file: makefile.entry, line: 1 }],
    ...(unnamed.length === 0 ? {} : { unnamed }),
    ...(needs.length === 0 ? {} : { needs: needs.map(idOf) }),
    ...(isInPipeline ? {} : { onRequest: true }),
    // A target without a recipe is only a name for what it needs.
    ...(target.hasRecipe && (target.isPhony || needsName) ? { alwaysRuns: true } : {}),
  };
}

function productsOf(target: MakeTarget, makefile: Makefile) {
  const evidence = { file: target.file, line: target.line };
  const names = target.isName ? target.prerequisites : [target.name, ...target.prerequisites];
  return names
    .filter((name) => !isUnknown(name))
    .flatMap((name) => {
      const path = resolvePath(makefile.folder, name);
      return path === undefined ? [] : [classifyPath(path, evidence)];
    });
}
