import { join } from 'node:path';
import { ok, type Result } from '../../base/result';
import { ObjectReader } from '../../git/objectReader';
import { prefixInRepository, type Repository } from '../../git/repository';
import { defaultBaseline, resolveCommit, type Baseline } from '../../git/revisions';
import type { Project } from '../../project/project';
import { compareParameters, type ParameterChange, type ParameterTexts } from './parameterChanges';
import { parametersByFile, readParameterText } from './parameterFiles';

/** What has changed in the parameters of each stage since a version. */
export interface ParametersSinceBaseline {
  /** `HEAD`, `merge base with main`, or as it is configured. */
  readonly baseline: string;
  /** Its full hash. */
  readonly commit: string;
  /** By the id of the stage; stages without a change are left out. */
  readonly changes: ReadonlyMap<string, readonly ParameterChange[]>;
}

/**
 * Compares the parameter files of the work tree with those of the baseline; undefined before the first commit.
 * @param reference `gate.baseline` of preflight.yaml; default: as the gate chooses it. Problem `revision-unknown`.
 */
export async function readParametersSinceBaseline(
  project: Project,
  repository: Repository,
  reference: string | undefined,
): Promise<Result<ParametersSinceBaseline | undefined>> {
  const baseline = await findBaseline(repository, reference);
  if (!baseline.ok || baseline.value === undefined) return baseline as Result<undefined>;
  const { commit, name } = baseline.value;
  const files = new Set(project.stages.flatMap((stage) => [...parametersByFile(stage).keys()]));
  const base = await readBase([...files], commit, project.root, repository);
  const now = await readNow([...files], project.root);
  const changes = new Map<string, readonly ParameterChange[]>();
  for (const stage of project.stages) {
    const changed = await compareParameters(stage, base, now);
    if (changed.length > 0) changes.set(stage.id, changed);
  }
  return ok({ baseline: name, commit, changes });
}

async function findBaseline(
  repository: Repository,
  reference: string | undefined,
): Promise<Result<Baseline | undefined>> {
  if (reference === undefined) return ok(await defaultBaseline(repository));
  const commit = await resolveCommit(repository, reference);
  return commit.ok ? ok({ commit: commit.value, name: reference }) : commit;
}

async function readBase(
  files: readonly string[],
  commit: string,
  root: string,
  repository: Repository,
): Promise<ParameterTexts> {
  const prefix = await prefixInRepository(repository, root);
  const reader = new ObjectReader(repository);
  try {
    const texts = new Map<string, string | undefined>();
    for (const file of files) {
      const read = await reader.read(`${commit}:${join(prefix, file).replaceAll('\\', '/')}`);
      const content = read.ok ? read.value : undefined;
      texts.set(file, content === undefined ? undefined : Buffer.from(content).toString('utf8'));
    }
    return texts;
  } finally {
    reader.dispose();
  }
}

async function readNow(files: readonly string[], root: string): Promise<ParameterTexts> {
  const texts = new Map<string, string | undefined>();
  for (const file of files) {
    texts.set(file, await readParameterText(root, file).catch(() => undefined));
  }
  return texts;
}
