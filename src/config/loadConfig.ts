import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { Config } from './config';
import { CONFIG_FILE, parseConfig } from './parseConfig';

/** The configuration of a project in the work tree; an empty one where there is no preflight.yaml. */
export async function loadConfig(root: string): Promise<Result<Config, readonly Problem[]>> {
  const text = await readFile(join(root, CONFIG_FILE), 'utf8').catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (typeof text === 'string') {
    const parsed = parseConfig(text);
    return parsed.ok ? ok(parsed.value.config) : parsed;
  }
  if (text.code === 'ENOENT') return ok({});
  return failed([
    { code: 'file-unreadable', message: `Cannot be read: ${text.message}.`, file: CONFIG_FILE },
  ]);
}
