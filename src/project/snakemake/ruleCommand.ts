import { formatTemplate, keyOfField } from '../evaluate/formatText';
import { attributeOf, itemAt } from '../evaluate/members';
import { reprOf, textOfValue } from '../evaluate/pyText';
import { hole, replaceHoles, text, type PyValue } from '../evaluate/pyValue';
import { resolvePath } from '../files/paths';
import { quoteWord } from '../shell/quoteWord';
import { listOfItems, listOfParams } from './buildRule';
import { displayPath } from './wildcards';
import type { Rule, Workflow } from './workflow';

/** What a rule runs, as people read it: wildcards as they are written, `*` for what is not known. */
export function commandOfRule(rule: Rule, workflow: Workflow): string {
  const { action } = rule;
  if (action === undefined) return '';
  const { kind, value, section } = action;
  switch (kind) {
    case 'shell':
      return replaceHoles(dedent(fillShell(textOfValue(value), rule)), (name) =>
        name === '' ? '*' : `{${name}}`,
      );
    case 'script':
    case 'notebook':
      return commandOfScript(kind, displayPath(textOfValue(value)), rule, workflow);
    case 'run': {
      const calls = [...section.arguments.text.matchAll(/\bshell\(\s*f?("""|"|'''|')([^]*?)\1/g)];
      if (calls.length > 0) return calls.map(([, , command = '']) => dedent(command)).join('\n');
      return `# Python in ${rule.source.file}:${rule.source.line}`;
    }
    case 'wrapper':
    case 'template_engine':
    case 'cwl':
      return `# ${kind}: ${displayPath(textOfValue(value))}`;
  }
}

const INTERPRETERS: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.R': 'Rscript',
  '.r': 'Rscript',
  '.jl': 'julia',
  '.sh': 'bash',
};

/** `python scripts/train.py`, from the folder of the workflow: it is how a script is told from others. */
function commandOfScript(
  kind: 'script' | 'notebook',
  path: string,
  rule: Rule,
  workflow: Workflow,
): string {
  const cwd = workflow.workdir ?? workflow.folder;
  const isRemote = /^[a-z]+:\/\//.test(path);
  const resolved = isRemote ? undefined : resolvePath(rule.folder, path);
  const from = resolved === undefined ? path : relativePath(cwd, resolved);
  if (kind === 'notebook') return `jupyter nbconvert --to notebook --execute ${quoteWord(from)}`;
  const extension = /\.\w+$/.exec(from)?.[0] ?? '';
  if (extension === '.Rmd') return `Rscript -e ${quoteWord(`rmarkdown::render('${from}')`)}`;
  return `${INTERPRETERS[extension] ?? 'python'} ${quoteWord(from)}`;
}

/** A path of the project as it is written in one of its folders. */
export function relativePath(folder: string, path: string): string {
  const [from, to] = [folder === '.' ? [] : folder.split('/'), path.split('/')];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

function dedent(command: string): string {
  const lines = command.split('\n');
  const used = lines.filter((line) => line.trim() !== '');
  const indents = used
    .slice(lines[0]?.trim() === '' ? 0 : 1)
    .map((line) => line.length - line.trimStart().length);
  const width = indents.length === 0 ? 0 : Math.min(...indents);
  return lines
    .map((line, index) =>
      (index === 0
        ? line.trimStart()
        : line.slice(Math.min(width, line.length - line.trimStart().length))
      ).trimEnd(),
    )
    .join('\n')
    .trim();
}

/** Fills `{input}`, `{params.x}` … in; what is only known for a job keeps its name. */
function fillShell(command: string, rule: Rule): string {
  const keywords = new Map<string, PyValue>([
    ['input', listOfItems(rule.input)],
    ['output', listOfItems(rule.output)],
    ['log', listOfItems(rule.log)],
    ['params', listOfParams(rule.params)],
    ['threads', rule.threads],
    ['rule', text(rule.name)],
    ['benchmark', listOfItems(rule.benchmark).items[0] ?? text('')],
  ]);
  return formatTemplate(command, {
    positional: [],
    keywords,
    member: (value, name, isKey) =>
      isKey ? itemAt(value, keyOfField(name)) : attributeOf(value, name),
    missing: hole,
    write: (value, field) => writeValue(value) ?? hole(field),
  });
}

/** A list of files is written with spaces between them; undefined for what only a job knows. */
function writeValue(value: PyValue): string | undefined {
  if (value.kind === 'list') {
    const parts = value.items.map(writeValue);
    return parts.includes(undefined) ? undefined : parts.join(' ');
  }
  return value.kind === 'text' ? value.text : reprOf(value);
}
