import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Problem } from '../../base/problem';
import { failed, ok } from '../../base/result';
import { describeMetrics, notNamed, type FlatNumber, type MetricsReader } from './metricsReading';

/**
 * YAML 1.2 mappings, flattened as JSON is: nested keys joined with dots, numbers only (`.nan` and `.inf` are
 * some), nothing from sequences. Problem `metrics-invalid` with line and column.
 */
export const yamlMetrics: MetricsReader = {
  extensions: ['.yaml', '.yml'],
  readMetrics(file, text) {
    const lines = new LineCounter();
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    const [error] = document.errors;
    const invalid = (message: string, offset: number): Problem => {
      const { line, col } = lines.linePos(offset);
      const place = { line: Math.max(1, line), column: Math.max(1, col) };
      return { code: 'metrics-invalid', message, file, ...place };
    };
    if (error !== undefined)
      return failed(invalid(`This is not valid YAML: ${error.message}`, error.pos[0]));
    if (!isMap(document.contents)) return failed(notNamed(file));
    const walk = new Walk(document, (offset) => lines.linePos(offset).line);
    walk.visit(document.contents, [], 0);
    return walk.tooMany
      ? failed(invalid(`There are more than ${MAX_NODES} values in this file.`, 0))
      : ok(describeMetrics(file, walk.numbers));
  },
};

/** Aliases can make a small file say a great many things, or go round in circles. */
const MAX_NODES = 20_000;
const MAX_DEPTH = 200;

class Walk {
  readonly numbers: FlatNumber[] = [];
  tooMany = false;
  private readonly document: Document;
  private readonly lineOf: (offset: number) => number;
  private visited = 0;

  constructor(document: Document, lineOf: (offset: number) => number) {
    this.document = document;
    this.lineOf = lineOf;
  }

  visit(node: unknown, path: readonly string[], offset: number): void {
    this.visited += 1;
    if (this.visited > MAX_NODES || path.length > MAX_DEPTH) this.tooMany = true;
    if (this.tooMany) return;
    if (isAlias(node)) {
      this.visit(node.resolve(this.document), path, offset);
    } else if (isMap(node)) {
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : String(key);
        this.visit(value, [...path, name], (isScalar(key) ? key.range?.[0] : undefined) ?? offset);
      }
    } else if (isScalar(node) && typeof node.value === 'number') {
      this.numbers.push({ path, value: node.value, line: this.lineOf(offset) });
    }
  }
}
