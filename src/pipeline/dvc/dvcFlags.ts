import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolvePath } from '../../project/paths';
import { parseYaml, type YamlNode } from '../../project/yamlNode';

/** What dvc.yaml says of a stage beyond what every tool's stages have. */
export interface DvcFlags {
  /** Its dependencies are not looked at. */
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
  /** Whether an output (relative to the root) is kept out of DVC's cache: `cache: false`. */
  isUncached(path: string): boolean;
}

const NO_FLAGS: DvcFlags = { frozen: false, alwaysChanged: false, isUncached: () => false };

/** The flags of every entry under `stages:`, by the name without the `@…` of `foreach` and `matrix`. */
export async function readDvcFlags(
  root: string,
  file: string,
): Promise<ReadonlyMap<string, (cwd: string) => DvcFlags>> {
  const text = await readFile(join(root, file), 'utf8').catch(() => '');
  const stages = parseYaml(text, file).root.get('stages')?.entries() ?? [];
  return new Map(stages.map(({ key, value }) => [key, flagsOf(value.get('do') ?? value)]));
}

export function flagsOfStage(
  flags: ReadonlyMap<string, (cwd: string) => DvcFlags>,
  name: string,
  cwd: string,
): DvcFlags {
  const found = flags.get(name) ?? flags.get(name.replace(/@[^@]*$/, ''));
  return found?.(cwd) ?? NO_FLAGS;
}

function flagsOf(body: YamlNode): (cwd: string) => DvcFlags {
  const frozen = body.get('frozen')?.text === 'true';
  const alwaysChanged = body.get('always_changed')?.text === 'true';
  const uncached = ['outs', 'metrics', 'plots'].flatMap((key) =>
    (body.get(key)?.items() ?? []).flatMap((item) => uncachedIn(item)),
  );
  return (cwd) => ({
    frozen,
    alwaysChanged,
    isUncached: (path) =>
      uncached.some((written) => templatePattern(resolvePath(cwd, written) ?? written).test(path)),
  });
}

function uncachedIn(item: YamlNode): readonly string[] {
  return item
    .entries()
    .filter(({ value }) => value.get('cache')?.text === 'false')
    .map(({ key }) => key);
}

/** A path in which every `${…}` may stand for anything. */
function templatePattern(path: string): RegExp {
  const fixed = path
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${fixed.join('.*')}$`, 'su');
}
