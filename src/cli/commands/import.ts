import { relative, resolve } from 'node:path';
import { showControls } from '../../base/escape';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { chooseDataset } from '../../data/schemaImport/chooseDataset';
import {
  loadImportedSchema,
  writeImportedSchema,
  type SchemaImport,
} from '../../data/schemaImport/writeImportedSchema';
import type { Project } from '../../project/project';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import { openProject } from '../openProject';
import type { Terminal } from '../terminal';

export const importSchema: Command = {
  options: { values: ['dataset'], formats: ['text', 'json'], maxPositionals: 1 },
  async run({ arguments: typed, terminal, signal }) {
    const opened = await openProject(typed.project, signal);
    const imported = opened.ok
      ? await importInto(opened.value.project, typed)
      : failed(opened.problem);
    if (!imported.ok) {
      imported.problem.forEach(terminal.problem);
      return 2;
    }
    if (typed.format === 'json') terminal.json(imported.value);
    else writeText(imported.value, terminal);
    for (const { what, why } of imported.value.untranslated) {
      terminal.notice(`Not translated: ${what}: ${why}.`);
    }
    return 0;
  },
};

interface Imported extends SchemaImport {
  readonly dataset: string;
}

async function importInto(
  { root, datasets }: Project,
  { positionals: [file], values }: Arguments,
): Promise<Result<Imported, readonly Problem[]>> {
  if (file === undefined) {
    const fix = 'Run `ml-preflight --help` for what it takes.';
    return failed([{ code: 'usage', message: 'No file to import is named.', fix }]);
  }
  // As it was typed: from the current folder, which need not be the project's.
  const path = resolve(file);
  const within = relative(root, path).replaceAll('\\', '/');
  const schema = await loadImportedSchema(path, within.startsWith('..') ? file : within);
  if (!schema.ok) return failed([schema.problem]);
  const dataset = chooseDataset(
    datasets.map(({ name }) => name),
    values.get('dataset')?.at(-1),
    schema.value.name,
  );
  if (!dataset.ok) return failed([dataset.problem]);
  const written = await writeImportedSchema(root, dataset.value, schema.value);
  if (!written.ok) return failed([written.problem]);
  return ok({ dataset: dataset.value, ...written.value });
}

function writeText({ tool, schema, written, dataset }: Imported, terminal: Terminal): void {
  const file = showControls(schema);
  terminal.write(
    written
      ? `Wrote ${file}: what ${tool} demands of ${showControls(dataset)}.`
      : `${file} already demands what ${tool} does.`,
  );
}
