import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What Snakemake keeps of the last run that made a file: `.snakemake/metadata/<base64 of its path>`. Source:
 * snakemake/persistence/file.py and __init__.py (record format 6, Snakemake 9).
 */
export interface OutputRecord {
  readonly rule: string | undefined;
  readonly input: readonly string[] | undefined;
  /** As Python's `repr` writes them. */
  readonly params: readonly string[] | undefined;
  /** The command with its fields, or the lines of Python that run it. */
  readonly code: string | undefined;
  readonly softwareHash: string | undefined;
  /** `sha256:…` by path, of small files only. */
  readonly checksums: ReadonlyMap<string, string>;
  /** Older formats are not looked at for anything but times. */
  readonly isCurrent: boolean;
  readonly endTime: number | undefined;
}

const CURRENT_FORMAT = 6;
/** Names of files are cut into pieces that are this long at most, as folders that begin with `@`. */
const LONGEST_NAME = 254;

/** The records in the `.snakemake` folder of a working folder, each read once. */
export class SnakemakeRecords {
  private readonly known = new Map<string, OutputRecord | undefined>();

  /** @param folder absolute, the one that has `.snakemake` */
  constructor(private readonly folder: string) {}

  of(output: string): OutputRecord | undefined {
    if (!this.known.has(output))
      this.known.set(output, readRecord(this.pathOf('metadata', output)));
    return this.known.get(output);
  }

  /** Whether the run that was to make a file began and did not end. */
  isIncomplete(output: string): boolean {
    return existsSync(this.pathOf('incomplete', output));
  }

  /** The files that have records, at most `limit` of them. */
  outputs(limit: number): readonly string[] {
    const outputs: string[] = [];
    const walk = (folder: string, name: string): void => {
      for (const entry of listFolder(folder)) {
        if (outputs.length >= limit) return;
        if (entry.isDirectory() && entry.name.startsWith('@')) {
          walk(join(folder, entry.name), name + entry.name.slice(1));
        } else if (entry.isFile()) {
          outputs.push(Buffer.from(name + entry.name, 'base64url').toString());
        }
      }
    };
    walk(join(this.folder, '.snakemake', 'metadata'), '');
    return outputs;
  }

  private pathOf(kind: 'metadata' | 'incomplete', output: string): string {
    // Python's alphabet for file names, with its padding.
    const encoded = Buffer.from(output)
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_');
    const pieces = encoded.match(new RegExp(`.{1,${LONGEST_NAME}}`, 'g')) ?? [''];
    const names = pieces.map((piece, at) => (at < pieces.length - 1 ? `@${piece}` : piece));
    return join(this.folder, '.snakemake', kind, ...names);
  }
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** A record that is damaged, or being written, counts as none, as in Snakemake. */
function readRecord(path: string): OutputRecord | undefined {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || Object.keys(data).length === 0) return undefined;
  const record = data as Readonly<Record<string, unknown>>;
  const checksums = Object.entries(record['input_checksums'] ?? {});
  return {
    rule: textOf(record['rule']),
    input: textsOf(record['input']),
    params: textsOf(record['params']),
    code: textOf(record['code']),
    softwareHash: textOf(record['software_stack_hash']),
    checksums: new Map(
      checksums.flatMap(([file, sum]) => (typeof sum === 'string' ? [[file, sum]] : [])),
    ),
    isCurrent: Number(record['record_format_version'] ?? 0) >= CURRENT_FORMAT,
    endTime: typeof record['endtime'] === 'number' ? record['endtime'] : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
