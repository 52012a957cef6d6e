import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { checkShape } from '../../project/dvc/checkShape';
import { DVC_YAML, dvcTags } from '../../project/dvc/dvcYaml';
import { fitsShape } from '../../project/dvc/fitsShape';
import { LOCK_SHAPE } from '../../project/dvc/shapes';
import { resolvePath } from '../../project/files/paths';
import { parseYaml } from '../../project/yamlNode';
import { digestTree } from '../hashing/treeHash';

/** What dvc.lock says of one path: https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#dvclock-file */
export interface LockedPath {
  /** Undefined where the entry has no digest. */
  readonly digest: string | undefined;
  /** Entries without `hash: md5` are from DVC 2. */
  readonly algorithm: 'md5' | 'md5-dos2unix';
}

export interface LockedStage {
  readonly command: string | readonly string[];
  /** By path as the lock file writes it, relative to the stage's working folder. */
  readonly dependencies: ReadonlyMap<string, LockedPath>;
  readonly outputs: ReadonlyMap<string, LockedPath>;
  /** Values by file, then by key; for a file that is tracked as a whole, by its top-level keys. */
  readonly parameters: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The entry as it is, for telling whether it has changed. */
  readonly text: string;
}

/** Lock files as they were read last, because to parse them takes longer than all the rest. */
const parsed = new Map<
  string,
  { readonly text: string; readonly stages: ReadonlyMap<string, LockedStage> }
>();
const MOST_PARSED = 100;

/** The stages of a dvc.lock by name; empty where there is no file. Problem `dvc-lock-invalid`. */
export async function readDvcLock(
  root: string,
  file: string,
): Promise<Result<ReadonlyMap<string, LockedStage>>> {
  try {
    const path = join(root, file);
    const text = await readFile(path, 'utf8');
    const known = parsed.get(path);
    if (known?.text === text) return ok(known.stages);
    const data = asRecord(parse(text, YAML_OPTIONS));
    const refused = checkLock(data, text, file);
    if (refused !== undefined) return failed(refused);
    const entries = Object.entries(asRecord(data['stages']));
    const stages = new Map(entries.map(([name, entry]) => [name, parseStage(asRecord(entry))]));
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(path, { text, stages });
    return ok(stages);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(new Map());
    return failed(describeError(file, error));
  }
}

const YAML_OPTIONS = { logLevel: 'error', customTags: dvcTags } as const;

/** What DVC takes of no lock file: those of DVC 1, which have no schema, too. */
function checkLock(
  data: Readonly<Record<string, unknown>>,
  text: string,
  file: string,
): Problem | undefined {
  const isOld = data['schema'] !== '2.0';
  if (!isOld && fitsShape(data, LOCK_SHAPE)) return undefined;
  const { root } = parseYaml(text, file, DVC_YAML);
  const [first] = checkShape(root, LOCK_SHAPE, { file, way: [] });
  const message = isOld
    ? 'DVC refuses this file: its schema is not "2.0".'
    : (first?.message ?? 'DVC refuses this file.');
  const line = isOld ? (root.get('schema')?.line ?? 1) : first?.line;
  const fix = 'Restore it from git, or remove it and run `dvc repro`.';
  return { code: 'dvc-lock-invalid', message, file, ...(line === undefined ? {} : { line }), fix };
}

function describeError(file: string, error: unknown): Problem {
  const { message, linePos } = error as Error & { linePos?: readonly { readonly line: number }[] };
  const line = linePos?.[0]?.line;
  return {
    code: 'dvc-lock-invalid',
    message: `This lock file cannot be read: ${message.split('\n')[0] ?? message}`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'Restore it from git, or run `dvc repro`.',
  };
}

function parseStage(entry: Readonly<Record<string, unknown>>): LockedStage {
  const parameters = Object.entries(asRecord(entry['params']));
  return {
    command: Array.isArray(entry['cmd']) ? entry['cmd'].map(String) : String(entry['cmd']),
    dependencies: parsePaths(entry['deps']),
    outputs: parsePaths(entry['outs']),
    parameters: new Map(parameters.map(([file, values]) => [file, asRecord(values)])),
    text: JSON.stringify(entry),
  };
}

function parsePaths(entries: unknown): ReadonlyMap<string, LockedPath> {
  return new Map(
    asList(entries).map((item) => {
      const entry = asRecord(item);
      return [String(entry['path']), parsePath(entry)];
    }),
  );
}

function parsePath(entry: Readonly<Record<string, unknown>>): LockedPath {
  const algorithm = entry['hash'] === undefined ? 'md5-dos2unix' : 'md5';
  const files = asList(entry['files']).map(asRecord);
  if (files.length > 0) {
    const tree = files.map((file) => ({
      path: String(file['relpath']),
      digest: String(file['md5']),
    }));
    return { digest: digestTree(tree, algorithm), algorithm };
  }
  const digest = entry['md5'];
  return { digest: typeof digest === 'string' ? digest : undefined, algorithm };
}

/** The entry of a path of the project in a stage that works in `cwd`. */
export function findLocked(
  entries: ReadonlyMap<string, LockedPath>,
  cwd: string,
  path: string,
): LockedPath | undefined {
  for (const [written, entry] of entries) if (resolvePath(cwd, written) === path) return entry;
  return undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as Readonly<Record<string, unknown>>) : {};
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
