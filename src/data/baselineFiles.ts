import { join } from 'node:path';
import type { Result } from '../base/result';
import type { Finding } from './finding';
import type { DatasetReport } from './report';
import type { Profile } from './profile';

/** Where a dataset's schema is committed, relative to the project's root. `name` is the dataset's. */
export function schemaPath(name: string): string {
  return `.preflight/schemas/${fileNameOf(name)}.yaml`;
}

/** Where a dataset's baseline is committed, relative to the project's root. */
export function baselinePath(name: string): string {
  return `.preflight/baselines/${fileNameOf(name)}.json`;
}

/** Dataset names may come from paths: only characters that every file system takes, nothing that leaves the folder. */
function fileNameOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '');
}

/**
 * Writes the schema and the baseline of one profiled dataset. A schema that exists keeps its comments, its order and
 * what it demands; only columns that it does not know are added.
 * @returns the written paths, relative to the root.
 */
export async function writeSchemaAndBaseline(
  projectRoot: string,
  dataset: string,
  profile: Profile,
): Promise<Result<readonly string[]>> {
  throw new Error(`Not built yet: ${join(projectRoot, dataset)}, ${profile.rows}.`);
}

/**
 * Edits the schema so that the finding is no longer one; makes the schema first where there is none.
 * @returns the schema's path, relative to the root.
 */
export async function acceptIntoSchema(
  projectRoot: string,
  report: DatasetReport,
  finding: Finding,
): Promise<Result<string>> {
  throw new Error(`Not built yet: ${join(projectRoot, report.name)}, ${finding.rule}.`);
}
