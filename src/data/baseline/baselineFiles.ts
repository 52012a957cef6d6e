import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { formatBaseline } from './baselineText';
import { baselinePath, schemaPath } from './datasetFiles';
import type { Finding } from '../finding';
import { inferSchema } from '../schema/inferSchema';
import type { Profile } from '../profile/profile';
import type { DatasetReport } from '../report';
import { editSchema, extendSchema, formatSchema } from '../schema/schemaText';

export { baselinePath, schemaPath };

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
  const schemaFile = schemaPath(dataset);
  const baselineFile = baselinePath(dataset);
  const schema = inferSchema(profile);
  const before = await readOptional(projectRoot, schemaFile);
  if (!before.ok) return before;
  const text =
    before.value === undefined
      ? ok(formatSchema(schema, dataset))
      : extendSchema(before.value, schemaFile, schema);
  if (!text.ok) return text;
  return writeAll(projectRoot, [
    ...(text.value === before.value ? [] : [[schemaFile, text.value] as const]),
    [baselineFile, formatBaseline(profile)],
  ]);
}

/**
 * Edits the schema so that the finding is no longer one; makes the schema first where there is none, from what the data
 * was compared with.
 * @returns the schema's path, relative to the root.
 */
export async function acceptIntoSchema(
  projectRoot: string,
  report: DatasetReport,
  finding: Finding,
): Promise<Result<string>> {
  const file = schemaPath(report.name);
  const before = await readOptional(projectRoot, file);
  if (!before.ok) return before;
  const past = report.reference === undefined ? report : { ...report.reference, exact: true };
  const text = before.value ?? formatSchema(inferSchema(past), report.name);
  const { fix } = finding;
  if (fix === undefined) return failed(notAcceptable(finding));
  const accepted = editSchema(text, file, fix.edit);
  if (!accepted.ok) return accepted;
  const written = await writeAll(projectRoot, [[file, accepted.value]]);
  return written.ok ? ok(file) : written;
}

function notAcceptable({ rule }: Finding): Problem {
  return {
    code: 'finding-not-acceptable',
    message: `A finding of "${rule}" cannot be accepted.`,
    fix: 'Correct the data, or what made it.',
  };
}

async function readOptional(root: string, file: string): Promise<Result<string | undefined>> {
  try {
    return ok(await readFile(join(root, file), 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return ok(undefined);
    return failed({ code: 'file-unreadable', message: `It cannot be read: ${message}.`, file });
  }
}

async function writeAll(
  root: string,
  files: readonly (readonly [path: string, text: string])[],
): Promise<Result<readonly string[]>> {
  for (const [file, text] of files) {
    try {
      await writeFileAtomically(join(root, file), text);
    } catch (error) {
      const message = `It cannot be written: ${(error as Error).message}.`;
      return failed({ code: 'file-unwritable', message, file });
    }
  }
  return ok(files.map(([file]) => file));
}
