import { homedir } from 'node:os';
import { join } from 'node:path';

/** The person's machine, as the search for environments sees it. */
export interface EnvironmentHost {
  readonly env: NodeJS.ProcessEnv;
  /** Absolute. */
  readonly home: string;
}

export function hostOf(env: NodeJS.ProcessEnv): EnvironmentHost {
  const home = process.platform === 'win32' ? env['USERPROFILE'] : env['HOME'];
  return { env, home: home || homedir() };
}

/** `~` and `~/x` as the person's home. */
export function expandHome(path: string, { home }: EnvironmentHost): string {
  return /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : path;
}

/**
 * Where programs keep what belongs to the user, as Python's `platformdirs` (poetry, hatch) has it.
 * https://platformdirs.readthedocs.io/en/latest/api.html
 */
export function userFolder(
  what: 'data' | 'cache' | 'config',
  program: string,
  { env, home }: EnvironmentHost,
  { roaming = false }: { readonly roaming?: boolean } = {},
): string {
  if (process.platform === 'darwin') {
    const folder = what === 'cache' ? 'Caches' : 'Application Support';
    return join(home, 'Library', folder, program);
  }
  if (process.platform === 'win32') {
    const base = roaming
      ? (env['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
      : (env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'));
    return what === 'cache' ? join(base, program, 'Cache') : join(base, program);
  }
  const { variable, fallback } = XDG[what];
  return join(env[variable] || join(home, fallback), program);
}

const XDG = {
  data: { variable: 'XDG_DATA_HOME', fallback: '.local/share' },
  cache: { variable: 'XDG_CACHE_HOME', fallback: '.cache' },
  config: { variable: 'XDG_CONFIG_HOME', fallback: '.config' },
} as const;
