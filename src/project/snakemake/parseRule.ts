import {
  ACTIONS,
  RULE_SECTIONS,
  type ModuleStatement,
  type RuleStatement,
  type Section,
  type UseStatement,
} from './snakefile';
import type { SnakefileSource } from './parseSnakefile';

const RULE = /^(rule|checkpoint|module)\b\s*([A-Za-z_]\w*)?\s*:/;
const SECTION = /^([A-Za-z_]\w*)\s*:(?!=)/;
const MODULE_SECTIONS: ReadonlySet<string> = new Set([
  'name',
  'snakefile',
  'meta_wrapper',
  'config',
  'skip_validation',
  'replace_prefix',
  'prefix',
  'pathvars',
]);
const ALL_SECTIONS: ReadonlySet<string> = new Set([...ACTIONS, ...RULE_SECTIONS]);

/** `rule NAME:` and its sections, from the logical line `at` to `end`. */
export function parseRule(source: SnakefileSource, at: number, end: number): RuleStatement {
  const line = source.lines[at];
  const [opening = '', keyword, name] = RULE.exec(headOf(source, at)) ?? [];
  return {
    kind: 'rule',
    isCheckpoint: keyword === 'checkpoint',
    ...(name === undefined ? {} : { name }),
    line: line?.line ?? 1,
    sections: parseSections(source, at, end, opening.length, ALL_SECTIONS, `rule ${name ?? ''}`),
  };
}

export function parseModule(source: SnakefileSource, at: number, end: number): ModuleStatement {
  const [opening = '', , name = ''] = RULE.exec(headOf(source, at)) ?? [];
  const sections = parseSections(
    source,
    at,
    end,
    opening.length,
    MODULE_SECTIONS,
    `module ${name}`,
  );
  return { kind: 'module', name, line: source.lines[at]?.line ?? 1, sections };
}

/** Words of `use rule`; commas do not matter. */
const USE =
  /^use\s+rule\s+([\w\s,*]+?)(?:\s+from\s+(\w+))?(?:\s+exclude\s+([\w\s,]+?))?(?:\s+as\s+([\w*]+))?(?:\s+with\s*:)?$/;

export function parseUse(source: SnakefileSource, at: number, end: number): UseStatement {
  const line = source.lines[at];
  const head = headOf(source, at);
  const found = USE.exec(head.trim());
  if (found === null) {
    source.report(
      line?.line ?? 1,
      'This `use rule` cannot be read.',
      'Write `use rule NAME from MODULE as NEW with:`.',
    );
  }
  const [, rules = '', module, excluded = '', alias] = found ?? [];
  return {
    kind: 'use',
    rules: words(rules),
    ...(module === undefined ? {} : { module }),
    excluded: words(excluded),
    ...(alias === undefined ? {} : { alias }),
    line: line?.line ?? 1,
    sections: parseSections(source, at, end, head.length, ALL_SECTIONS, 'use rule'),
  };
}

function words(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function headOf(source: SnakefileSource, at: number): string {
  const line = source.lines[at];
  return line === undefined ? '' : source.textOf(line);
}

/** @param inHead how much of the first line is taken; what follows is a section as well (`rule all: input: "a"`) */
function parseSections(
  source: SnakefileSource,
  at: number,
  end: number,
  inHead: number,
  known: ReadonlySet<string>,
  owner: string,
): readonly Section[] {
  const sections: Section[] = [];
  const head = source.lines[at];
  if (head !== undefined && head.from + inHead < head.to) {
    const rest = /^\s*/.exec(headOf(source, at).slice(inHead))?.[0].length ?? 0;
    const offset = head.from + inHead + rest;
    const section = readSection(source, offset, at, end, known);
    if (section === undefined)
      source.report(
        head.line,
        `This line of ${owner} cannot be read.`,
        'Put it on a line of its own.',
      );
    // The whole block belongs to it, as in Snakemake.
    else return [section];
  }
  for (let next = at + 1; next < end;) {
    const line = source.lines[next];
    if (line === undefined) break;
    const blockEnd = Math.min(end, source.endOfBlock(next, line.indent));
    const section = readSection(source, line.from, next, blockEnd, known);
    if (section !== undefined) sections.push(section);
    else if (!/^[rRuU]?["']/.test(source.textOf(line))) {
      const [word = ''] = /^\S{1,30}/.exec(source.textOf(line)) ?? [];
      source.report(
        line.line,
        `Snakemake knows no "${word}" in ${owner}.`,
        'Use one of its keywords, followed by a colon.',
      );
    }
    next = blockEnd;
  }
  return sections;
}

function readSection(
  source: SnakefileSource,
  offset: number,
  at: number,
  end: number,
  known: ReadonlySet<string>,
): Section | undefined {
  const line = source.lines[at];
  const found = SECTION.exec(source.text.slice(offset, line?.to));
  const name = found?.[1];
  if (found === null || name === undefined || !known.has(name)) return undefined;
  return {
    name,
    arguments: source.codeFrom(offset + found[0].length, at, end),
    lines: source.rowsOf(at, end),
  };
}
