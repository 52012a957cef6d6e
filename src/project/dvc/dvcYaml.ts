import type { ScalarTag, Tags } from 'yaml';
import type { YamlDialect } from '../yamlNode';

/**
 * Plain scalars that DVC's parser takes for numbers and `yaml` does not: `1_000`, `0b11`, `-0x1f`, `1_0.5`. An integer
 * that a double cannot hold stays the text that it is. Source: ruamel.yaml's resolver for YAML 1.2.
 */
const integer: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/,
  resolve: (text) => {
    const digits = text.replaceAll('_', '');
    const size = BigInt(digits.replace(/^[-+]/, ''));
    const value = digits.startsWith('-') ? -size : size;
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  },
};

const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/,
  resolve: (text) => Number.parseFloat(text.replaceAll('_', '')),
};

/** For the option `customTags` of `yaml`. */
export function dvcTags(tags: Tags): Tags {
  return [integer, float, ...tags];
}

/** For `parseYaml`. */
export const DVC_YAML: YamlDialect = { customTags: dvcTags };
