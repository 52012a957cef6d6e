import { relative } from 'node:path';
import type { Result } from '../../base/result';
import { VERSION } from '../../base/version';
import { findStateFolder } from '../../git/stateFolder';
import type { Project } from '../../project/project';
import { chosenEnvironment, findPythonEnvironments } from '../environment/findPythonEnvironments';
import { buildReport, type DoctorGroup, type DoctorLine, type DoctorReport } from './doctorReport';
import { examineGit } from './sections/gitSection';
import { examineProject } from './sections/projectSection';
import { examinePython } from './sections/pythonSection';
import { examineState } from './sections/stateSection';
import { examineTools } from './sections/toolSection';
import { mapTexts, withoutSecrets } from './withoutSecrets';

export interface ExamineOptions {
  /** The folder that was asked about, absolute. */
  readonly folder: string;
  /** Everything that was detected in it. */
  readonly projects: readonly Project[];
  /** What a run of this project would start from. */
  readonly envOf: (project: Project) => Promise<NodeJS.ProcessEnv>;
  /** What the host's data engine is on this machine. */
  readonly engine: Result<{ readonly version: string; readonly library: string }>;
  /** What only the host knows: its own version, what is selected in it. */
  readonly host: readonly DoctorLine[];
  /** False in a folder that is not trusted. */
  readonly mayRunGit: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What was found and what is missing for the projects of a folder. Files are read; of programs only git is run. No
 * credential is in it.
 */
export async function examine(options: ExamineOptions): Promise<DoctorReport> {
  const { folder, projects, now } = options;
  const groups: DoctorGroup[] = [
    { title: 'ML Preflight', lines: [...productLines(), ...options.host, engineLine(options)] },
    await examineGit(folder, options.mayRunGit),
  ];
  for (const project of projects) {
    const place = relative(folder, project.root);
    for (const group of await examineOne(project, options)) {
      const isOnly = projects.length === 1;
      const lines = isOnly ? group.lines : group.lines.map((line) => within(place, line));
      groups.push({ title: isOnly ? group.title : `${group.title}: ${place || '.'}`, lines });
    }
  }
  return mapTexts(buildReport(groups, now), withoutSecrets);
}

/** Ids are unique in the report of several projects too. */
function within(place: string, line: DoctorLine): DoctorLine {
  return { ...line, id: `${place || '.'}:${line.id}` };
}

async function examineOne(
  project: Project,
  { envOf, now }: ExamineOptions,
): Promise<readonly DoctorGroup[]> {
  const env = await envOf(project);
  const candidates = await findPythonEnvironments(project.root, env);
  const needsPython = project.stages.some(({ command }) => /\bpython|\.py\b/.test(command));
  return [
    examineProject(project),
    await examinePython(candidates, needsPython),
    await examineTools(project, chosenEnvironment(candidates), env),
    await examineState(await findStateFolder(project.root), now),
  ];
}

function productLines(): readonly DoctorLine[] {
  const platform = `${process.platform}-${process.arch}`;
  const node = process.versions.node;
  return [
    {
      id: 'product.version',
      name: 'version',
      state: 'ok',
      value: `${VERSION} on ${platform}, Node ${node}`,
      facts: { version: VERSION, platform, node },
    },
  ];
}

/** Without it nothing of the data can be judged. */
function engineLine({ engine, projects }: ExamineOptions): DoctorLine {
  const line = { id: 'engine', name: 'data engine' } as const;
  if (engine.ok) {
    const { version, library } = engine.value;
    const value = `DuckDB ${version} for ${process.platform}-${process.arch}`;
    return { ...line, state: 'ok', value, notes: [library], facts: { version, library } };
  }
  const isNeeded = projects.some(({ datasets }) => datasets.length > 0);
  const { message, fix } = engine.problem;
  const state = isNeeded ? 'problem' : 'warning';
  return { ...line, state, value: message, ...(fix === undefined ? {} : { fix }) };
}
