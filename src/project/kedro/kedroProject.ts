import { parse as parseToml } from 'smol-toml';
import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import type { FileIndex } from '../files/fileIndex';
import { folderOf, resolvePath } from '../files/paths';

/** One Kedro project, as its pyproject.toml says. Source: kedro/framework/startup.py. */
export interface KedroProject {
  /** Where `kedro` is run; relative to the root. */
  readonly folder: string;
  /** The Python package, `spaceflights`. */
  readonly package: string;
  /** The folder that the package is in; relative to the root. */
  readonly sourceFolder: string;
  /** The version that the project was made with; an installed Kedro of another major version refuses it. */
  readonly version: readonly number[];
  /** Where `[tool.kedro]` stands. */
  readonly evidence: Evidence;
}

/** The Kedro projects of all pyproject.toml files. Problem `kedro-invalid` for a `[tool.kedro]` without its keys. */
export async function findKedroProjects(
  files: FileIndex,
  problems: Problem[],
): Promise<readonly KedroProject[]> {
  const projects: KedroProject[] = [];
  for (const file of files.named('pyproject.toml')) {
    const text = await files.readText(file);
    if (!text.ok || !text.value.includes('tool.kedro')) continue;
    const project = readProject(file, text.value, problems);
    if (project !== undefined) projects.push(project);
  }
  return projects;
}

function readProject(file: string, text: string, problems: Problem[]): KedroProject | undefined {
  const line = text.split('\n').findIndex((one) => /^\s*\[\s*tool\.kedro\s*\]/.test(one)) + 1;
  const evidence = { file, line: Math.max(1, line) };
  let settings: unknown;
  try {
    settings = (parseToml(text) as { tool?: { kedro?: unknown } }).tool?.kedro;
  } catch (error) {
    const message = `This is not valid TOML: ${(error as Error).message.split('\n')[0] ?? ''}.`;
    problems.push({ code: 'kedro-invalid', message, ...evidence });
    return undefined;
  }
  if (typeof settings !== 'object' || settings === null) return undefined;
  const { package_name, source_dir, kedro_init_version } = settings as Record<string, unknown>;
  const sourceFolder = resolvePath(
    folderOf(file),
    typeof source_dir === 'string' ? source_dir : 'src',
  );
  if (
    typeof package_name !== 'string' ||
    !/^\w+(?:\.\w+)*$/.test(package_name) ||
    sourceFolder === undefined
  ) {
    const message = 'This Kedro project does not say which Python package it is.';
    const fix = 'Give `package_name`, `project_name` and `kedro_init_version` in [tool.kedro].';
    problems.push({ code: 'kedro-invalid', message, ...evidence, fix });
    return undefined;
  }
  const version = typeof kedro_init_version === 'string' ? kedro_init_version : '0';
  return {
    folder: folderOf(file),
    package: package_name,
    sourceFolder,
    version: version.split('.').map((part) => Number.parseInt(part, 10) || 0),
    evidence,
  };
}

/** Kedro 1.2 takes several pipelines at once, and wants `--pipelines`; before, there was `--pipeline` only. */
export function takesPipelines({ version }: KedroProject): boolean {
  const [major = 0, minor = 0] = version;
  return major > 1 || (major === 1 && minor >= 2);
}
