import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { expandYaml, openYaml } from '../../config/checkedYaml';
import { parseProtoText } from '../peers/protoText';
import { LARGEST_RESULT, tooLarge } from '../peers/readPeerResults';
import { parseTolerantJson } from '../peers/tolerantJson';
import { importExpectations } from './importExpectations';
import { importJsonSchema } from './importJsonSchema';
import { importPandera } from './importPandera';
import { importTfdvSchema } from './importTfdvSchema';
import type { ImportedSchema } from './importedSchema';

/**
 * The schema of another tool, whichever it is: the content tells, not the file's name. Problems `import-invalid` with the
 * line of what is broken, `import-unknown`, `results-too-large`.
 */
export function readImportedSchema(text: string, file: string): Result<ImportedSchema> {
  if (text.length > LARGEST_RESULT) return failed(tooLarge(file, text.length));
  const imported = isProto(text) ? readProto(text, file) : readValue(text, file);
  if (!imported.ok) return imported;
  const { value } = imported;
  if (value === undefined) return failed(unknown(file));
  const { columns, extraColumns, ...demands } = value.schema;
  void extraColumns;
  const isEmpty = columns.length === 0 && Object.keys(demands).length === 0;
  return isEmpty ? failed(empty(value, file)) : ok(value);
}

function empty({ tool, untranslated: [first] }: ImportedSchema, file: string): Problem {
  const why = first === undefined ? 'it demands nothing' : `${first.what}: ${first.why}`;
  const message = `Nothing of this schema of ${tool} can be translated: ${why}.`;
  return { code: 'import-empty', message, file, line: 1 };
}

/** A field that opens a message: at the beginning, or one of a schema on a line of its own; in YAML, a mistake. */
function isProto(text: string): boolean {
  return (
    /^\s*(?:#[^\n]*\n\s*)*[A-Za-z_]\w*\s*\{/.test(text) ||
    /^[ \t]*(?:feature|string_domain|dataset_constraints)\s*:?\s*[{<]/m.test(text)
  );
}

function readProto(text: string, file: string): Result<ImportedSchema | undefined> {
  const parsed = parseProtoText(text);
  if (parsed.ok) return ok(importTfdvSchema(parsed.value));
  return failed(invalid('protobuf text', parsed.problem, file));
}

function readValue(text: string, file: string): Result<ImportedSchema | undefined> {
  const value = /^\s*[{[]/.test(text) ? readJson(text, file) : readYaml(text, file);
  if (!value.ok) return value;
  return ok(
    importExpectations(value.value) ?? importPandera(value.value) ?? importJsonSchema(value.value),
  );
}

function readJson(text: string, file: string): Result<unknown> {
  const parsed = parseTolerantJson(text);
  return parsed.ok ? parsed : failed(invalid('JSON', parsed.problem, file));
}

function readYaml(text: string, file: string): Result<unknown> {
  if (text.trim() === '') {
    return failed({ code: 'import-invalid', message: 'The file is empty.', file, line: 1 });
  }
  const opened = openYaml(text, file);
  if (!opened.ok) {
    const [first] = opened.problem;
    return failed({ ...(first ?? unknown(file)), code: 'import-invalid' });
  }
  const { document } = opened.value;
  const value = expandYaml((options): unknown => document.toJS(options));
  return value.ok ? value : failed({ ...value.problem, code: 'import-invalid', file, line: 1 });
}

function invalid(
  format: string,
  { message, line }: { readonly message: string; readonly line: number },
  file: string,
): Problem {
  const sentence = `This is not valid ${format}: ${message}`;
  return { code: 'import-invalid', message: sentence, file, line };
}

function unknown(file: string): Problem {
  return {
    code: 'import-unknown',
    message:
      'This is none of the schemas that can be imported: a suite of Great Expectations, a schema of pandera or of TensorFlow Data Validation, or a JSON Schema.',
    file,
    line: 1,
    fix: 'What can be imported from each of them stands in media/docs/peers.md.',
  };
}
