import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import { resolvePath } from '../files/paths';
import type { YamlNode } from '../yamlNode';
import type { ConfFile, Configuration } from './confFiles';
import { compilePattern, isPattern, sortPatterns, type FactoryPattern } from './datasetFactories';
import { interpolate, type ConfValues } from './interpolate';

/** A dataset as the catalog describes it. */
export interface CatalogDataset {
  /** `pandas.CSVDataset`; empty where it is not known. */
  readonly type: string;
  /** Relative to the root; undefined for what is in no file of the project: tables, buckets. */
  readonly path: string | undefined;
  /** Every run writes a file of its own: `<path>/<time>/<name>`. */
  readonly isVersioned: boolean;
  /** Nothing of it is left after a run. */
  readonly isInMemory: boolean;
  readonly evidence: Evidence;
  /** The key in the file, where it can be written as a parameter's: `companies`, not `a.b` or `{name}`. */
  readonly key: string | undefined;
}

interface Entry {
  readonly value: YamlNode;
  readonly values: ConfValues;
  readonly evidence: Evidence;
}

/** The datasets of a project by their names. */
export class Catalog {
  private readonly entries = new Map<string, Entry>();
  private readonly patterns: readonly FactoryPattern[];

  constructor(
    configuration: Configuration,
    private readonly folder: string,
    private readonly globals: ConfValues,
    problems: Problem[],
  ) {
    for (const files of [configuration.base, configuration.run]) this.add(files, problems);
    this.patterns = sortPatterns([...this.entries.keys()].filter(isPattern)).map(compilePattern);
  }

  /** The names that are written out. */
  get names(): readonly string[] {
    return [...this.entries.keys()].filter((name) => !isPattern(name));
  }

  /** Undefined where the catalog does not know it: it is kept in memory. */
  find(name: string): CatalogDataset | undefined {
    const exact = this.entries.get(name);
    if (exact !== undefined) return this.describe(name, exact, new Map());
    for (const one of this.patterns) {
      const fields = one.match(name);
      const entry = this.entries.get(one.pattern);
      if (fields !== undefined && entry !== undefined)
        return this.describe(one.pattern, entry, fields);
    }
    return undefined;
  }

  /** Files of one environment are one; a name in two of them is refused by Kedro. */
  private add(files: readonly ConfFile[], problems: Problem[]): void {
    const values = Object.assign(
      {},
      ...files.map((one) => asValues(one.root.toValue())),
    ) as ConfValues;
    const seen = new Map<string, string>();
    for (const { file, root } of files) {
      for (const { key, line, value } of root.entries()) {
        if (key.startsWith('_')) continue;
        const other = seen.get(key);
        if (other !== undefined) problems.push(describeTwice(key, { file, line }, other));
        seen.set(key, file);
        this.entries.set(key, { value, values, evidence: { file, line } });
      }
    }
  }

  private describe(
    key: string,
    { value, values, evidence }: Entry,
    fields: ReadonlyMap<string, string>,
  ): CatalogDataset {
    const textAt = (node: YamlNode | undefined, name: string): string | undefined => {
      const text = node?.get(name)?.text;
      return text === undefined ? undefined : fill(interpolate(text, values, this.globals), fields);
    };
    // `CachedDataset` and the like wrap another one.
    const inner = value.get('dataset');
    const type = textAt(value, 'type') ?? '';
    const written =
      textAt(value, 'filepath') ?? textAt(value, 'path') ?? textAt(inner, 'filepath') ?? '';
    const isVersioned =
      [textAt(value, 'versioned'), textAt(inner, 'versioned')].some(
        (one) => one?.toLowerCase() === 'true',
      ) || /(?:^|\.)tracking\./.test(type);
    return {
      type: type.startsWith('Cached') ? (textAt(inner, 'type') ?? inner?.text ?? type) : type,
      path: resolvePath(this.folder, written),
      isVersioned,
      isInMemory: /(?:^|\.)(?:Shared)?MemoryData[sS]et$/.test(type),
      evidence,
      key: isPattern(key) || /[.:]/.test(key) ? undefined : key,
    };
  }
}

function fill(text: string, fields: ReadonlyMap<string, string>): string {
  if (fields.size === 0) return text;
  return text.replace(/\{(\w+)[^{}]*\}/g, (whole, name: string) => fields.get(name) ?? whole);
}

function asValues(value: unknown): ConfValues {
  return typeof value === 'object' && value !== null ? (value as ConfValues) : {};
}

function describeTwice(key: string, place: Evidence, other: string): Problem {
  return {
    code: 'kedro-catalog-duplicate',
    message: `The catalog has "${key}" twice, which Kedro refuses: here and in ${other}.`,
    ...place,
    fix: 'Remove one of them.',
  };
}
