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
    const [top = ''] = path.split('.');
    // What an environment says of a key takes the place of all that the base says of it.
    const owner = [...run, ...base].find(({ root }) => root.get(top) !== undefined);
    if (owner === undefined) return [];
    const value = path
      .split('.')
      .reduce<YamlNode | undefined>((node, key) => node?.get(key), owner.root);
    return [`${owner.file}:${path}`, ...this.interpolated(value)];
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
