import type { YamlNode } from '../yamlNode';
import type { Configuration } from './confFiles';

/** The parameters of a project: which file says what. */
export class KedroParameters {
  constructor(
    private readonly configuration: Configuration,
    private readonly globals: Configuration,
  ) {}

  /** `params:model.lr` as `conf/base/parameters.yml:model.lr`, `parameters` as all files; empty where no file has it. */
  find(name: string): readonly string[] {
    const { base, run } = this.configuration;
    if (name === 'parameters') return [...base, ...run].map(({ file }) => file);
    const path = name.slice('params:'.length);
    // What an environment says of a key takes the place of all that the base says of it.
    const owner = prefixesOf(path)
      .reverse()
      .flatMap((top) => [...run, ...base].find(({ root }) => root.get(top) !== undefined) ?? [])
      .at(0);
    if (owner === undefined) return [];
    return [`${owner.file}:${path}`, ...this.interpolated(valueAt(owner.root, path))];
  }

  /** The files that a value takes others from. */
  private interpolated(value: YamlNode | undefined): readonly string[] {
    const written = JSON.stringify(value?.toValue() ?? null);
    if (!written.includes('${')) return [];
    const { base, run } = this.globals;
    const own = /\$\{(?!\s*(?:globals|runtime_params):)/.test(written)
      ? [...this.configuration.base, ...this.configuration.run]
      : [];
    return [...base, ...run, ...own].map(({ file }) => file);
  }
}

/** `a`, `a.b`, `a.b.c`: keys may hold dots themselves. */
function prefixesOf(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function valueAt(node: YamlNode, path: string): YamlNode | undefined {
  for (const top of prefixesOf(path)) {
    const inner = node.get(top);
    const value = top === path ? inner : inner && valueAt(inner, path.slice(top.length + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}
