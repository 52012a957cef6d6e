import {
  chosenEnvironment,
  type EnvironmentCandidate,
} from '../../environment/findPythonEnvironments';
import type { PythonEnvironment } from '../../environment/pythonEnvironment';
import { readPythonVersion } from '../../environment/pythonVersion';
import type { DoctorGroup, DoctorLine } from '../doctorReport';

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
    ],
    facts: { python, prefix, kind, version: version ?? null },
  };
}

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
