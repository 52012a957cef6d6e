import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../base/atomicWrite';
import { failed, ok, type Result } from '../../base/result';
import { schemaPath } from '../baseline/datasetFiles';
import { LARGEST_RESULT, tooLarge } from '../peers/readPeerResults';
import { addDemands } from '../schema/addDemands';
import { parseSchema } from '../schema/parseSchema';
import type { Schema } from '../schema/schema';
import { editSchema, formatSchema } from '../schema/schemaText';
import type { ImportedSchema, Untranslated } from './importedSchema';
import { readImportedSchema } from './readImportedSchema';

/** What became of another tool's schema. */
export interface SchemaImport {
  readonly tool: string;
  /** The schema's path, relative to the project's root. */
  readonly schema: string;
  /** False where it already demanded all of it. */
  readonly written: boolean;
  readonly untranslated: readonly Untranslated[];
}

/**
 * Reads another tool's schema. Problems of `readImportedSchema`, and `file-unreadable`.
 * @param shown its path for people
 */
export async function loadImportedSchema(
  path: string,
  shown: string,
): Promise<Result<ImportedSchema>> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_RESULT) return failed(tooLarge(shown, size));
    return readImportedSchema(await readFile(path, 'utf8'), shown);
  } catch (error) {
    const message = `It cannot be read: ${(error as Error).message}.`;
    return failed({ code: 'file-unreadable', message, file: shown });
  }
}

/**
 * Writes what another tool demands into the schema of a dataset. A schema that exists keeps its comments, its order and
 * what it demands; what would contradict it counts as untranslated.
 */
export async function writeImportedSchema(
  root: string,
  dataset: string,
  imported: ImportedSchema,
): Promise<Result<SchemaImport>> {
  const file = schemaPath(dataset);
  const before = await readOptional(root, file);
  if (!before.ok) return before;
  const merged =
    before.value === undefined
      ? ok({ text: formatSchema(imported.schema, dataset), kept: [] })
      : merge(before.value, file, imported.schema);
  if (!merged.ok) return merged;
  const { text, kept } = merged.value;
  const written = text !== before.value;
  if (written) {
    try {
      await writeFileAtomically(join(root, file), text);
    } catch (error) {
      const message = `It cannot be written: ${(error as Error).message}.`;
      return failed({ code: 'file-unwritable', message, file });
    }
  }
  const { tool, untranslated } = imported;
  return ok({ tool, schema: file, written, untranslated: [...untranslated, ...kept] });
}

function merge(
  text: string,
  file: string,
  schema: Schema,
): Result<{ readonly text: string; readonly kept: readonly Untranslated[] }> {
  const present = parseSchema(text, file);
  if (!present.ok) {
    const [first] = present.problem;
    return failed(first ?? { code: 'schema-invalid', message: 'The schema is not valid.', file });
  }
  const { edits, kept } = addDemands(present.value, schema);
  if (edits.length === 0) return ok({ text, kept });
  const edited = editSchema(text, file, ...edits);
  return edited.ok ? ok({ text: edited.value, kept }) : edited;
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
