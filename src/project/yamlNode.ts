import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Tags,
} from 'yaml';
import type { Problem } from '../base/problem';

/** YAML with the line of everything, that stays readable where it is half-written. */
export interface YamlFile {
  readonly root: YamlNode;
  /** `yaml-invalid`, with line and column. */
  readonly problems: readonly Problem[];
}

export interface YamlEntry {
  readonly key: string;
  /** Whether the key is no text by itself: a number, a switch. */
  readonly isOdd?: true;
  /** Where the key stands. */
  readonly line: number;
  readonly value: YamlNode;
}

/** What becomes of a number, and how it was written. */
export type ReadNumber = (value: number, source: string) => unknown;

interface Source {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** More nodes than this are not expanded from aliases: a few lines of YAML can stand for billions. */
const LARGEST_VALUE = 100_000;
const MOST_PROBLEMS = 3;
/** Chains of aliases and merge keys longer than this are loops. */
const DEEPEST = 100;

/** What a tool makes of YAML. */
export interface YamlDialect {
  /** What else plain scalars can be, over YAML 1.2. */
  readonly customTags: (tags: Tags) => Tags;
}

/** @param dialect of a tool that also refuses a second document, and tags that it does not know */
export function parseYaml(text: string, file: string, dialect?: YamlDialect): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: dialect === undefined ? 'silent' : 'error',
    ...dialect,
  });
  const source = { document, lines };
  // One mistake makes many errors, of which the first tells where it is.
  const refused = dialect === undefined ? [] : document.warnings;
  const problems = [...document.errors, ...refused].slice(0, MOST_PROBLEMS).map((error) => ({
    code: 'yaml-invalid',
    message: `This is not valid YAML: ${error.message}.`.replace(/\.\.$/, '.'),
    file,
    ...positionAt(source, error.pos[0]),
  }));
  return { root: new YamlNode(source, document.contents, 0), problems };
}

/** A value in a YAML file. Reading something that is not there gives undefined or nothing, never an error. */
export class YamlNode {
  private readonly node: unknown;
  readonly line: number;
  readonly column: number;

  constructor(
    private readonly source: Source,
    node: unknown,
    private readonly depth: number,
  ) {
    const position = positionAt(source, rangeStart(node));
    this.line = position.line;
    this.column = position.column;
    this.node = isAlias(node) && depth < DEEPEST ? node.resolve(source.document) : node;
  }

  get isMap(): boolean {
    return isMap(this.node);
  }

  get isList(): boolean {
    return isSeq(this.node);
  }

  /** Whether there is anything: not `key:` without a value. */
  get isPresent(): boolean {
    return this.isMap || this.isList || (isScalar(this.node) && this.node.value !== null);
  }

  /** Whether it is a scalar: a text, a number, a switch or nothing. */
  get isScalar(): boolean {
    return isScalar(this.node);
  }

  /** A scalar as text, as it was written where it is a number; undefined for maps, lists and null. */
  get text(): string | undefined {
    if (!isScalar(this.node) || this.node.value === null) return undefined;
    const { value, source } = this.node;
    return typeof value === 'string' ? value : (source ?? JSON.stringify(value));
  }

  /** `!reference`; undefined where none is written. */
  get tag(): string | undefined {
    return isNode(this.node) ? this.node.tag : undefined;
  }

  /** The line of the first character of the text: for `|` and `>` the one below. */
  get textLine(): number {
    const isBlock = isScalar(this.node) && this.node.type?.startsWith('BLOCK') === true;
    return isBlock ? this.line + 1 : this.line;
  }

  get(key: string): YamlNode | undefined {
    return this.entries().find((entry) => entry.key === key)?.value;
  }

  /** The entries of a map, those of merge keys after its own; empty for anything else. */
  entries(): readonly YamlEntry[] {
    if (!isMap(this.node) || this.depth >= DEEPEST) return [];
    const entries = new Map<string, YamlEntry>();
    const merged: YamlEntry[] = [];
    for (const { key, value } of this.node.items) {
      const name = new YamlNode(this.source, key, this.depth + 1);
      const node = new YamlNode(this.source, value, this.depth + 1);
      if (name.text === '<<') merged.push(...node.items().flatMap((item) => item.entries()));
      else if (name.text !== undefined) {
        const isOdd = typeof name.toValue() !== 'string';
        entries.set(name.text, {
          key: name.text,
          line: name.line,
          value: node,
          ...(isOdd ? { isOdd } : {}),
        });
      }
    }
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    return [...entries.values()];
  }

  /** The items of a list; of anything else that is present, the one item itself. */
  items(): readonly YamlNode[] {
    if (!this.isPresent) return [];
    if (!isSeq(this.node)) return [this];
    return this.node.items.map((item) => new YamlNode(this.source, item, this.depth + 1));
  }

  /** The value as plain data, with numbers as `readNumber` has them; null where it is too large or recursive. */
  toValue(readNumber: ReadNumber = (value) => value): unknown {
    const budget = { left: LARGEST_VALUE };
    const value = this.expand(budget, readNumber);
    return budget.left > 0 ? value : null;
  }

  private expand(budget: { left: number }, readNumber: ReadNumber): unknown {
    if (--budget.left <= 0 || this.depth >= DEEPEST) {
      budget.left = 0;
      return null;
    }
    if (isMap(this.node)) {
      return Object.fromEntries(
        this.entries().map(({ key, value }) => [key, value.expand(budget, readNumber)]),
      );
    }
    if (isSeq(this.node)) return this.items().map((item) => item.expand(budget, readNumber));
    if (!isScalar(this.node)) return null;
    const { value, source } = this.node;
    return typeof value === 'number' ? readNumber(value, source ?? String(value)) : value;
  }
}

function rangeStart(node: unknown): number {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
}

function positionAt({ lines }: Source, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
