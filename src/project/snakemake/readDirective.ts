import { resolvePath } from '../files/paths';
import { textOfValue } from '../evaluate/pyText';
import { hasHole, type PyDict, type PyValue } from '../evaluate/pyValue';
import { parsePyYaml } from './pyYaml';
import type { DirectiveStatement } from './snakefile';
import { displayPath } from './wildcards';
import type { WorkflowReader } from './workflowReader';

/** `include:`, `configfile:`, `workdir:`, `ruleorder:` …; the others say nothing that matters here. */
export async function readDirective(
  statement: DirectiveStatement,
  reader: WorkflowReader,
): Promise<void> {
  switch (statement.name) {
    case 'include':
      await include(statement, reader);
      return;
    case 'configfile':
      if (!reader.names.skipsConfigfile) await readConfig(statement, reader);
      return;
    case 'workdir':
      changeFolder(statement, reader);
      return;
    case 'ruleorder':
      reader.state.ruleorder.push(statement.arguments.text.match(/\w+/g) ?? []);
      return;
    case 'wildcard_constraints':
      reader.addConstraints(reader.evaluate(statement.arguments));
      return;
    default:
  }
}

async function include(statement: DirectiveStatement, reader: WorkflowReader): Promise<void> {
  const { state } = reader;
  const { file, line } = statement.arguments;
  const written = textOfValue(reader.evaluateExpression(statement.arguments));
  if (hasHole(written) || /^[a-z]+:\/\//.test(written)) {
    state.gaps.add(`what ${file}:${line} includes is not known`);
    return;
  }
  const path = reader.besideSnakefile(written);
  if (path !== undefined && reader.isOpen(path)) {
    state.problems.push({
      code: 'snakemake-include-circular',
      message: `${path} includes itself${path === file ? '' : ` by way of ${file}`}. Snakemake ignores it here.`,
      file,
      line,
      fix: 'Remove this include.',
    });
    return;
  }
  if (path !== undefined && state.snakefiles.has(path)) return;
  if (path !== undefined && (await reader.readFile(path, false))) return;
  state.gaps.add(`${displayPath(written)}, which ${file}:${line} includes, is missing`);
  if (reader.isUncertain) return;
  state.problems.push({
    code: 'snakemake-include-missing',
    message: `There is no ${path ?? displayPath(written)} to include.`,
    file,
    line,
    fix: 'Correct the path: it is relative to the folder of this file.',
  });
}

async function readConfig(statement: DirectiveStatement, reader: WorkflowReader): Promise<void> {
  const { state, names } = reader;
  const { file, line } = statement.arguments;
  const written = textOfValue(reader.evaluateExpression(statement.arguments));
  const path =
    hasHole(written) || state.workdir === undefined
      ? undefined
      : resolvePath(state.workdir, written);
  const text = path === undefined ? undefined : await state.files.readText(path);
  if (path === undefined || text === undefined) {
    names.config.open = true;
    if (hasHole(written) || reader.isUncertain || path === undefined) return;
    state.problems.push({
      code: 'snakemake-config-missing',
      message: `There is no ${path} to read the configuration from.`,
      file,
      line,
      fix: `Create it, or correct the path: it is relative to ${state.workdir === '.' ? 'the root of the project' : state.workdir}.`,
    });
    return;
  }
  const value = parsePyYaml(text, path);
  if (!value.ok) {
    names.config.open = true;
    state.problems.push(value.problem);
    return;
  }
  state.configfiles.push({ path, value: value.value });
  if (value.value.kind === 'dict') mergeConfig(names.config, value.value);
  else if (value.value.kind !== 'none') names.config.open = true;
  if (reader.isUncertain) names.config.open = true;
}

/** Maps are joined, anything else is replaced, as `snakemake.utils.update_config` does. */
function mergeConfig(target: PyDict, added: PyDict): void {
  for (const [name, entry] of added.entries) {
    const before: PyValue | undefined = target.entries.get(name)?.value;
    if (before?.kind === 'dict' && entry.value.kind === 'dict') mergeConfig(before, entry.value);
    else target.entries.set(name, entry);
  }
  if (added.open) target.open = true;
}

function changeFolder(statement: DirectiveStatement, reader: WorkflowReader): void {
  const { state } = reader;
  const written = textOfValue(reader.evaluateExpression(statement.arguments));
  const isKnown = !hasHole(written) && !reader.isUncertain && state.workdir !== undefined;
  state.workdir = isKnown ? resolvePath(state.workdir ?? '.', written) : undefined;
  if (state.workdir === undefined) {
    const { file, line } = statement.arguments;
    state.gaps.add(`the folder that ${file}:${line} changes to is not known`);
  }
}
