import { sep } from 'node:path';
import type { DebugConfiguration } from './debugConfiguration';

/** The configuration as it is shared: the workspace folder as the editor's variable for it. */
export function portableConfiguration(
  configuration: DebugConfiguration,
  workspaceFolder: string,
): DebugConfiguration {
  const shorten = (text: string): string => {
    if (text === workspaceFolder) return '${workspaceFolder}';
    if (!text.startsWith(`${workspaceFolder}${sep}`)) return text;
    return `\${workspaceFolder}${text.slice(workspaceFolder.length)}`;
  };
  const { program, python, cwd, env } = configuration;
  return {
    ...configuration,
    ...(program === undefined ? {} : { program: shorten(program) }),
    cwd: shorten(cwd),
    env: Object.fromEntries(Object.entries(env).map(([name, text]) => [name, shorten(text)])),
    ...(python === undefined ? {} : { python: shorten(python) }),
  };
}
