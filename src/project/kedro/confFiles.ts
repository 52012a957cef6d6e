import type { Problem } from '../../base/problem';
import type { FileIndex } from '../files/fileIndex';
import { matchesGlob } from '../files/globMatch';
import { resolvePath } from '../files/paths';
import { namesIn } from './makeNode';
import type { KedroProject } from './kedroProject';
import { itemAt } from '../evaluate/members';
import { text, UNKNOWN, type PyValue } from '../evaluate/pyValue';
import { parseYaml, type YamlNode } from '../yamlNode';

/** One configuration file, of those that together are a project's catalog or its parameters. */
export interface ConfFile {
  readonly file: string;
  readonly root: YamlNode;
}

/** The files of one kind, in the two environments that a run without `--env` reads. */
export interface Configuration {
  readonly base: readonly ConfFile[];
  /** `conf/local`: its keys take the place of those of `base`. */
  readonly run: readonly ConfFile[];
}

/** Where a project keeps its configuration. Source: kedro/config/omegaconf_config.py. */
export interface ConfPlaces {
  readonly base: string;
  readonly run: string;
  /** Globs within an environment's folder, by kind: `catalog`, `parameters`, `globals`. */
  readonly patterns: Readonly<Record<string, readonly string[]>>;
}

/** What `settings.py` says of it, else Kedro's own rules. */
export function confPlaces(
  project: KedroProject,
  settings: ReadonlyMap<string, PyValue>,
): ConfPlaces | undefined {
  const options = settings.get('CONFIG_LOADER_ARGS') ?? UNKNOWN;
  const option = (name: string): string | undefined =>
    namesIn(itemAt(options, text(name))).names[0];
  const [source = 'conf'] = namesIn(settings.get('CONF_SOURCE') ?? UNKNOWN).names;
  const base = resolvePath(project.folder, `${source}/${option('base_env') ?? 'base'}`);
  const run = resolvePath(project.folder, `${source}/${option('default_run_env') ?? 'local'}`);
  if (base === undefined || run === undefined) return undefined;
  const patterns = ['catalog', 'parameters', 'globals'].map((kind): [string, readonly string[]] => {
    const own = namesIn(itemAt(itemAt(options, text('config_patterns')), text(kind))).names;
    if (own.length > 0) return [kind, own];
    const usual = [`${kind}*`, `${kind}*/**`, `**/${kind}*`];
    return [kind, kind === 'globals' ? ['globals.yml'] : usual];
  });
  return { base, run, patterns: Object.fromEntries(patterns) };
}

/** All files of one kind. What is no YAML becomes a problem, and is read as far as it goes. */
export async function readConfiguration(
  kind: 'catalog' | 'parameters' | 'globals',
  places: ConfPlaces,
  files: FileIndex,
  problems: Problem[],
): Promise<Configuration> {
  const read = async (folder: string): Promise<readonly ConfFile[]> => {
    const found: ConfFile[] = [];
    for (const file of files.withExtension('.yml', '.yaml', '.json')) {
      if (!file.startsWith(`${folder}/`)) continue;
      const within = file.slice(folder.length + 1);
      const isHidden = within.split('/').some((part) => part.startsWith('.'));
      if (isHidden || !places.patterns[kind]?.some((glob) => matchesGlob(within, glob))) continue;
      const content = await files.readText(file);
      if (!content.ok) {
        problems.push(content.problem);
        continue;
      }
      const parsed = parseYaml(content.value, file);
      problems.push(...parsed.problems);
      found.push({ file, root: parsed.root });
    }
    return found;
  };
  const base = await read(places.base);
  return { base, run: places.run === places.base ? [] : await read(places.run) };
}
