import { join } from 'node:path';
import { formatCount } from '../../../base/format';
import type { EnvironmentOwner } from '../../environment/environmentPlace';
import {
  chosenEnvironment,
  type EnvironmentCandidate,
} from '../../environment/findPythonEnvironments';
import type { PythonEnvironment } from '../../environment/pythonEnvironment';
import { readPythonVersion } from '../../environment/pythonVersion';
import { exists, listFolder } from '../../environment/readSmallFile';
import type { DoctorGroup, DoctorLine } from '../doctorReport';
import { readProgramScript } from '../installedPackage';

/**
 * The Python environment that stages run in, those that were not chosen, and those that should be there.
 * @param isNeeded whether anything of the project runs Python
 */
export async function examinePython(
  candidates: readonly EnvironmentCandidate[],
  isNeeded: boolean,
): Promise<DoctorGroup> {
  const chosen = chosenEnvironment(candidates);
  const lines: DoctorLine[] = [
    chosen === undefined ? missingPython(isNeeded) : await describeChosen(chosen, candidates),
  ];
  const dead = chosen === undefined ? undefined : await examinePrograms(chosen);
  if (dead !== undefined) lines.push(dead);
  const place = candidates.findIndex((one) => one.usable && one.environment === chosen);
  for (const [index, candidate] of candidates.entries()) {
    // What comes after the chosen one would not be used anyway.
    const isPassedOver = place === -1 || index < place;
    const line = await describeOther(candidate, chosen, { index, isPassedOver });
    if (line !== undefined) lines.push(line);
  }
  return { title: 'Python environment', lines };
}

function missingPython(isNeeded: boolean): DoctorLine {
  return {
    id: 'python.chosen',
    name: 'Python',
    state: isNeeded ? 'problem' : 'information',
    value: 'there is none on this machine that could be found',
    fix: 'Make an environment in the project: python3 -m venv .venv',
  };
}

async function describeChosen(
  environment: PythonEnvironment,
  candidates: readonly EnvironmentCandidate[],
): Promise<DoctorLine> {
  const version = await readPythonVersion(environment);
  const { python, prefix, kind } = environment;
  const candidate = candidates.find((one) => one.usable && one.environment === environment);
  return {
    id: 'python.chosen',
    name: 'Python',
    state: 'ok',
    value: `${version ?? 'of an unknown version'} in ${prefix}`,
    notes: [
      `Stages run with ${python}`,
      ...(candidate?.evidence ?? []).map((one) => `from ${one}`),
      ...describePrecedence(candidate, candidates),
    ],
    facts: { python, prefix, kind, version: version ?? null },
  };
}

/** An environment that is still active from another project is the usual surprise. */
function describePrecedence(
  chosen: EnvironmentCandidate | undefined,
  candidates: readonly EnvironmentCandidate[],
): readonly string[] {
  if (chosen?.owner !== 'activated') return [];
  const own = candidates.find(({ usable, owner }) => usable && !OF_NO_PROJECT.has(owner));
  if (own === undefined || own === chosen) return [];
  return [`it is active, and so comes before ${own.evidence[0]}; deactivate it to use that`];
}

const OF_NO_PROJECT: ReadonlySet<EnvironmentOwner> = new Set([
  'variable',
  'editor',
  'activated',
  'pyenv',
  'path',
]);

/** Programs of an environment that was moved name the interpreter where it was; a shell only says `not found`. */
async function examinePrograms({
  bin,
  prefix,
}: PythonEnvironment): Promise<DoctorLine | undefined> {
  if (!(await exists(join(prefix, 'pyvenv.cfg')))) return undefined;
  const dead: { readonly name: string; readonly interpreter: string }[] = [];
  for (const name of (await listFolder(bin)).slice(0, MOST_PROGRAMS)) {
    const script = await readProgramScript(join(bin, name)).catch(() => undefined);
    const { interpreter, starts = true } = script ?? {};
    if (!starts && interpreter?.includes('python')) dead.push({ name, interpreter });
  }
  const [first, ...others] = dead;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` and ${formatCount(others.length, 'other program')}`;
  return {
    id: 'python.programs',
    name: 'programs',
    state: 'warning',
    value: `${first.name}${more} of ${prefix} cannot start: ${first.interpreter} is not there`,
    notes: ['The environment was moved or copied: its programs name the place where it was made.'],
    fix: `Make it again where it is now, or call the programs as \`python -m ${first.name}\`.`,
  };
}

/** Nobody waits for all of a large environment. */
const MOST_PROGRAMS = 200;

async function describeOther(
  candidate: EnvironmentCandidate,
  chosen: PythonEnvironment | undefined,
  { index, isPassedOver }: { readonly index: number; readonly isPassedOver: boolean },
): Promise<DoctorLine | undefined> {
  const id = `python.other.${index}`;
  if (!candidate.usable) {
    const { code, message, fix } = candidate.problem;
    return {
      id,
      name: code === 'environment-broken' ? 'broken environment' : 'missing environment',
      state: isPassedOver ? 'warning' : 'information',
      value: message,
      ...(fix === undefined ? {} : { fix }),
    };
  }
  const { environment, evidence } = candidate;
  if (environment === chosen) return undefined;
  const version = await readPythonVersion(environment);
  const value = `${version ?? 'Python'} in ${environment.prefix}`;
  const notes = evidence.map((one) => `from ${one}`);
  return { id, name: 'other environment', state: 'information', value, notes };
}
