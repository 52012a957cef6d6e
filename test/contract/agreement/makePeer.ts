import { join } from 'node:path';
import type { Project } from '../../../src/project/project';
import { makefileOf } from '../../../src/project/make/makefilePlace';
import { baseName, folderOf } from '../../../src/project/files/paths';
import {
  isUpToDate,
  readAllTargets,
  readExplicitTargets,
  type MakeDatabase,
  type MakePlace,
} from '../makeDatabase';
import { partsOfFiles, type Peer } from './peer';

/**
 * GNU make: the targets in its database, and `make --question` of each whose recipes that would not run. It does run
 * `$(shell …)` and remakes what is included: only for clones that are thrown away.
 */
export const makePeer: Peer = {
  tool: 'make',
  parts: (project) => partsOfFiles(project, 'make', makefileOf),
  nameOf: ({ name }) => name,
  nameStages: (project) => project.stages.map(({ name }) => name),
  listStages(project, env) {
    const { targets } = readTargets(placeOf(project, env));
    const ours = new Set(project.stages.map(({ name }) => name));
    const told = targets.filter(({ name, isBare }) => !isBare || ours.has(name));
    return Promise.resolve([...new Set(told.map(({ name }) => name))]);
  },
  listJudged(project, env) {
    return Promise.resolve(askableTargets(readTargets(placeOf(project, env))));
  },
  listStale(project, env) {
    const place = placeOf(project, env);
    const names = askableTargets(readTargets(place));
    return Promise.resolve(names.filter((name) => !isUpToDate(place, name)));
  },
};

function placeOf(project: Project, env: NodeJS.ProcessEnv): MakePlace {
  const entry = project.tools[0]?.evidence[0]?.file ?? '';
  return { cwd: join(project.root, folderOf(entry)), makefile: baseName(entry), env };
}

function readTargets(place: MakePlace): MakeDatabase {
  const explicit = readExplicitTargets(place);
  const recipes = [...explicit.patternRecipes, ...explicit.targets.flatMap(({ recipe }) => recipe)];
  if (hidesPlus(explicit) || recipes.some(isPlus)) {
    throw new Error('It has recipes that make runs even where it only prints.');
  }
  return readAllTargets(
    place,
    explicit.targets.map(({ name }) => name),
  );
}

/** Targets of which neither their own recipe nor one of what they need would be run by `--question`. */
function askableTargets({ targets }: MakeDatabase): readonly string[] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const isRun = (line: string): boolean => /\$[({]MAKE[)}]/.test(line);
  return targets.flatMap(({ name }) => {
    const reached = new Set([name]);
    for (const one of reached) {
      for (const next of byName.get(one)?.prerequisites ?? []) reached.add(next);
    }
    return [...reached].some((one) => byName.get(one)?.recipe.some(isRun) === true) ? [] : [name];
  });
}

function isPlus(line: string): boolean {
  return /^\s*[@-]*\s*\+/.test(line);
}

/** Whether a variable may bring a line with `+` into a recipe. */
function hidesPlus({ variables }: MakeDatabase): boolean {
  return variables.split('\n').some((line) => isPlus(line.replace(/^\S+ :?= /, '')));
}
