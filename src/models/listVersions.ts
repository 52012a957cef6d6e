import { ok, type Result } from '../base/result';
import { commitsTouching, type CommitInfo } from '../git/history';
import { ObjectReader } from '../git/objectReader';
import { prefixInRepository, type Repository } from '../git/repository';
import type { Project } from '../project/project';
import { listMetricsFiles } from './metricsOwner';
import { readMetrics } from './readers/readMetrics';
import type { ModelHistory, ModelVersion } from './version';

/** A model's metrics files: their paths in the project and in the repository. */
interface ModelFiles {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly gitPath: string }[];
}

/**
 * For every model, and every metrics file that no model claims, the commits that changed its metrics, newest
 * first: at most `max` commits in all. Two git processes, however many commits. A commit that removed the metrics
 * is left out; one whose metrics cannot be read is shown without any.
 */
export async function listModelVersions(
  project: Project,
  repository: Repository,
  options: { readonly max: number; readonly signal?: AbortSignal },
): Promise<Result<readonly ModelHistory[]>> {
  const models = groupFiles(project, await prefixInRepository(repository, project.root));
  const paths = models.flatMap(({ files }) => files.map(({ gitPath }) => gitPath));
  const commits = await commitsTouching(repository, paths, options);
  if (!commits.ok) return commits;
  const reader = new ObjectReader(repository);
  try {
    const histories: ModelHistory[] = [];
    for (const model of models) {
      const versions = await readVersions(reader, model, commits.value);
      if (!versions.ok) return versions;
      histories.push({ name: model.name, versions: versions.value });
    }
    return ok(histories);
  } finally {
    reader.dispose();
  }
}

function groupFiles(project: Project, prefix: string): readonly ModelFiles[] {
  const groups = new Map<string, string[]>(project.models.map(({ name }) => [name, []]));
  for (const { model, file } of listMetricsFiles(project))
    groups.set(model, [...(groups.get(model) ?? []), file]);
  return [...groups].map(([name, files]) => ({
    name,
    files: files.map((path) => ({ path, gitPath: prefix === '' ? path : `${prefix}/${path}` })),
  }));
}

async function readVersions(
  reader: ObjectReader,
  model: ModelFiles,
  commits: readonly CommitInfo[],
): Promise<Result<readonly ModelVersion[]>> {
  const touched = new Set(model.files.map(({ gitPath }) => gitPath));
  const own = commits.filter(({ paths }) => paths.some((path) => touched.has(path)));
  const versions: ModelVersion[] = [];
  for (const read of await Promise.all(own.map((commit) => readVersion(reader, model, commit)))) {
    if (!read.ok) return read;
    if (read.value !== undefined) versions.push(read.value);
  }
  return ok(versions);
}

/** Undefined where the commit has no metrics file of the model. */
async function readVersion(
  reader: ObjectReader,
  model: ModelFiles,
  commit: CommitInfo,
): Promise<Result<ModelVersion | undefined>> {
  const { files } = model;
  const contents = await Promise.all(
    files.map(({ gitPath }) => reader.read(`${commit.commit}:${gitPath}`)),
  );
  const metrics: [string, number][] = [];
  let found = false;
  for (const [index, { path }] of files.entries()) {
    const content = contents[index];
    if (content?.ok === false && content.problem.code !== 'object-too-large') return content;
    if (content?.ok !== true || content.value === undefined) continue;
    found = true;
    const reading = readMetrics(path, content.value);
    for (const { name, value } of reading.ok ? reading.value.values : [])
      // Two files may both have an `accuracy`.
      if (Number.isFinite(value))
        metrics.push([files.length > 1 ? `${path}:${name}` : name, value]);
  }
  return ok(found ? describeVersion(model.name, commit, metrics) : undefined);
}

function describeVersion(
  model: string,
  { commit, time, author, subject, tags }: CommitInfo,
  metrics: readonly (readonly [string, number])[],
): ModelVersion {
  return {
    version: chooseTag(model, tags) ?? commit.slice(0, 7),
    commit,
    time,
    author,
    subject,
    source: 'git',
    metrics: Object.fromEntries(metrics),
    stages: [],
  };
}

/** A version tag of this model (`admissions@v1.2.0`) before any other; tags of stages (`admissions#prod`) name no version. */
function chooseTag(model: string, tags: readonly string[]): string | undefined {
  const names = tags.filter((tag) => !tag.includes('#'));
  return names.find((tag) => tag.startsWith(`${model}@`)) ?? names[0];
}
