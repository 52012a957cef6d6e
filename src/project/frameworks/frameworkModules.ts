import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { ModuleStore } from '../python/moduleStore';
import type { Module } from '../python/syntax';

/** Frameworks that pipelines are written in as Python. */
export type Framework = 'airflow' | 'metaflow' | 'prefect' | 'tfx' | 'zenml';

/** The Python files of a project that import one of the frameworks, found by their text before anything is parsed. */
export interface FrameworkModules {
  readonly store: ModuleStore;
  readonly paths: ReadonlyMap<Framework, readonly string[]>;
}

const IMPORT = /^[ \t]*(?:from|import)[ \t]+(airflow|metaflow|prefect|tfx|zenml)\b/gm;
/** Files that use a framework without being a pipeline of the project. */
const OTHER =
  /(?:^|\/)(?:tests?|testing|test_utils|unit_tests|integration_tests|site-packages|\.[^/]+)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;

const known = new WeakMap<FileIndex, Promise<FrameworkModules>>();

/** Every file is looked through once for all frameworks. */
export function findFrameworkModules(files: FileIndex): Promise<FrameworkModules> {
  let found = known.get(files);
  if (found === undefined) known.set(files, (found = search(files)));
  return found;
}

async function search(files: FileIndex): Promise<FrameworkModules> {
  const paths = new Map<Framework, string[]>();
  const candidates = files.withExtension('.py').filter((path) => !OTHER.test(path));
  await mapConcurrent(candidates, 16, async (path) => {
    const text = await files.readText(path);
    if (!text.ok) return;
    for (const name of new Set([...text.value.matchAll(IMPORT)].map((match) => match[1]))) {
      const framework = name as Framework;
      paths.set(framework, [...(paths.get(framework) ?? []), path]);
    }
  });
  for (const list of paths.values()) list.sort();
  return { store: new ModuleStore(files), paths };
}

/** The parsed modules that import a framework. */
export async function modulesOf(
  framework: Framework,
  files: FileIndex,
): Promise<readonly Module[]> {
  const { store, paths } = await findFrameworkModules(files);
  const modules = await mapConcurrent(paths.get(framework) ?? [], 8, (path) => store.load(path));
  return modules.filter((module) => module !== undefined);
}
