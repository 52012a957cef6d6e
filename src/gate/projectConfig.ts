import type { Problem } from '../base/problem';
import { failed, ok, type Result } from '../base/result';
import type { Config } from '../config/config';
import { CONFIG_FILE, parseConfig } from '../config/parseConfig';
import type { ProjectFiles } from '../project/files/projectFiles';

/** The configuration as these files have it; an empty one where there is none. */
export async function readProjectConfig(
  files: ProjectFiles,
): Promise<Result<Config, readonly Problem[]>> {
  if (!files.paths.includes(CONFIG_FILE)) return ok({});
  const text = await files.readText(CONFIG_FILE);
  if (!text.ok) return failed([text.problem]);
  const parsed = parseConfig(text.value, CONFIG_FILE);
  return parsed.ok ? ok(parsed.value.config) : parsed;
}
