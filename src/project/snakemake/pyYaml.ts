import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { failed, ok, type Result } from '../../base/result';
import {
  bool,
  dict,
  int,
  list,
  NONE,
  setEntry,
  text,
  UNKNOWN,
  type PyDict,
  type PyValue,
} from '../evaluate/pyValue';

/** More than this is data, and aliases can make billions of a few lines. */
const LARGEST = 100_000;
const DEEPEST = 60;

/**
 * The value of a YAML or JSON file as Snakemake reads a configuration: with PyYAML, which is YAML 1.1 where `yes` is
 * true and `1e-3` is text. Problem `yaml-invalid`.
 */
export function parsePyYaml(source: string, file: string): Result<PyValue> {
  const document = parseDocument(source, { merge: true, prettyErrors: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    const message = `This is not valid YAML: ${error.message.split('\n', 1)[0] ?? ''}.`;
    const line = error.linePos?.[0].line;
    return failed({ code: 'yaml-invalid', message, file, ...(line === undefined ? {} : { line }) });
  }
  const reader = new Reader(document);
  return ok(reader.read(document.contents, 0));
}

class Reader {
  private left = LARGEST;

  constructor(private readonly document: Document) {}

  read(node: unknown, depth: number): PyValue {
    if (--this.left < 0 || depth > DEEPEST) return UNKNOWN;
    if (isAlias(node)) return this.read(node.resolve(this.document), depth + 1);
    if (isSeq(node)) return list(node.items.map((item) => this.read(item, depth + 1)));
    if (isMap(node)) {
      const made = dict([]);
      for (const { key, value } of node.items) {
        if (isScalar(key) && key.value === '<<') this.merge(made, value, depth);
        else setEntry(made, this.read(key, depth + 1), this.read(value, depth + 1));
      }
      return made;
    }
    if (!isScalar(node)) return NONE;
    const written = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return node.type === 'PLAIN' && node.tag === undefined ? plainValue(written) : text(written);
  }

  private merge(target: PyDict, node: unknown, depth: number): void {
    const value = this.read(node, depth + 1);
    const maps = value.kind === 'list' ? value.items : [value];
    for (const map of maps) {
      if (map.kind !== 'dict') continue;
      for (const [name, entry] of map.entries) {
        if (!target.entries.has(name)) target.entries.set(name, entry);
      }
    }
  }
}

// The regular expressions of PyYAML's resolver (yaml/resolver.py).
const BOOL = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON|(no|No|NO|false|False|FALSE|off|Off|OFF))$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|(?:0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+)$/;
/** Sexagesimal numbers and times, which nobody means. */
const ODD = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$|^\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?$/;

function plainValue(source: string): PyValue {
  if (/^(?:~|null|Null|NULL|)$/.test(source)) return NONE;
  const truth = BOOL.exec(source);
  if (truth !== null) return bool(truth[1] === undefined);
  if (INTEGER.test(source)) return integer(source.replaceAll('_', ''));
  if (FLOAT.test(source)) return { kind: 'float', value: Number(source.replaceAll('_', '')) };
  const infinite = INFINITE.exec(source);
  if (infinite !== null)
    return { kind: 'float', value: infinite[1] === '-' ? -Infinity : Infinity };
  if (/^\.(?:nan|NaN|NAN)$/.test(source)) return { kind: 'float', value: Number.NaN };
  return ODD.test(source) ? UNKNOWN : text(source);
}

function integer(digits: string): PyValue {
  const sign = digits.startsWith('-') ? -1 : 1;
  const plain = digits.replace(/^[-+]/, '');
  if (/^0[0-7]+$/.test(plain)) return int(sign * Number.parseInt(plain, 8));
  return int(sign * Number(plain));
}
