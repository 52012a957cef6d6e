import type { Problem } from '../../base/problem';
import type { DetectedStage } from '../detector';
import { resolvePath } from '../paths';
import type { StageKind } from '../project';
import { scriptRuns } from '../shell/scriptRuns';
import { kindOfName, kindOfPath } from '../stageKind';
import type { YamlNode } from '../yamlNode';
import type { ExpandedStage } from './expandStages';
import { resolveTemplate, type Values } from '../template';

/** A path that a stage names, and where. */
export interface NamedPath {
  readonly path: string;
  readonly line: number;
}

export interface DvcStage {
  readonly stage: DetectedStage;
  readonly dependencies: readonly NamedPath[];
  readonly outputs: readonly NamedPath[];
  readonly metrics: readonly NamedPath[];
}

/**
 * One stage of a dvc.yaml. Outputs are everything that DVC calls an output: `outs`, `metrics` and `plots`.
 * Problems: `dvc-invalid` for a stage without a command, `dvc-template-unsupported` for an unknown `${…}`.
 */
export function stageOfYaml(
  expanded: ExpandedStage,
  place: { readonly file: string; readonly folder: string },
  problems: Problem[],
): DvcStage | undefined {
  const reader = new StageReader(expanded, place.file, problems);
  const command = reader.command();
  if (command === undefined) return undefined;
  const cwd = resolvePath(place.folder, reader.text(expanded.body.get('wdir')) ?? '.') ?? '.';
  const outs = reader.paths('outs', cwd);
  const metrics = reader.paths('metrics', cwd);
  const plots = reader.paths('plots', cwd);
  const dependencies = reader.paths('deps', cwd);
  const uncached = ['outs', 'metrics', 'plots'].flatMap((key) => reader.uncached(key, cwd));
  const source = { file: place.file, line: expanded.line };
  const outputs = [...outs, ...metrics, ...plots];
  const stage: DetectedStage = {
    id: place.folder === '.' ? expanded.name : `${place.file}:${expanded.name}`,
    name: expanded.name,
    tool: 'dvc',
    kind: kindOfStage(expanded.name, command, cwd),
    command,
    cwd,
    dependencies: unique(dependencies),
    outputs: unique(outputs),
    parameters: reader.parameters(cwd),
    metrics: unique(metrics),
    source,
    evidence: [source],
    ...flagsOf(expanded.body),
    ...(uncached.length === 0 ? {} : { uncached }),
  };
  return { stage, dependencies, outputs, metrics };
}

function flagsOf(body: YamlNode): Pick<DetectedStage, 'frozen' | 'alwaysRuns'> {
  return {
    ...(body.get('frozen')?.text === 'true' ? { frozen: true } : {}),
    ...(body.get('always_changed')?.text === 'true' ? { alwaysRuns: true } : {}),
  };
}

/** What the stage's name says, else the script that it runs. */
function kindOfStage(name: string, command: string, cwd: string): StageKind {
  const named = kindOfName(name.replace(/@.*/, ''));
  const [script] = scriptRuns(command, cwd).flatMap((run) => run.paths);
  return named ?? (script === undefined ? undefined : kindOfPath(script)) ?? 'other';
}

class StageReader {
  constructor(
    private readonly expanded: ExpandedStage,
    private readonly file: string,
    private readonly problems: Problem[],
  ) {}

  /** The commands of a list run in order, each only after the one before succeeded. */
  command(): string | undefined {
    const commands = (this.expanded.body.get('cmd')?.items() ?? [])
      .map((item) => this.text(item)?.trim())
      .filter((text) => text !== undefined && text !== '');
    if (commands.length > 0) return commands.join(' && ');
    this.problems.push({
      code: 'dvc-invalid',
      message: `The stage "${this.expanded.name}" has no command.`,
      file: this.file,
      line: this.expanded.line,
      fix: 'Add `cmd:` to it.',
    });
    return undefined;
  }

  text(node: YamlNode | undefined): string | undefined {
    return node?.text === undefined ? undefined : this.resolve(node.text, node);
  }

  /** `deps`, `outs`, `metrics`, `plots`: a list of paths, or of maps from a path to its options. */
  paths(key: string, cwd: string): readonly NamedPath[] {
    return (this.expanded.body.get(key)?.items() ?? []).flatMap((item) =>
      this.namesIn(item).flatMap(({ name, line }) => {
        const path = resolvePath(cwd, name);
        return path === undefined ? [] : [{ path, line }];
      }),
    );
  }

  /** Outputs with `cache: false`. */
  uncached(key: string, cwd: string): readonly string[] {
    return (this.expanded.body.get(key)?.items() ?? []).flatMap((item) =>
      item.entries().flatMap(({ key: name, value }) => {
        if (value.get('cache')?.text !== 'false') return [];
        return resolvePath(cwd, this.resolve(name, item)) ?? [];
      }),
    );
  }

  /** `params`: keys of params.yaml, or maps from a file to its keys (none: the whole file). */
  parameters(cwd: string): readonly string[] {
    const named = (this.expanded.body.get('params')?.items() ?? []).flatMap((item) => {
      const key = this.text(item);
      if (key !== undefined) return [{ file: 'params.yaml', key }];
      return item.entries().flatMap((entry) => this.parametersOfFile(entry.key, entry.value));
    });
    return named.flatMap(({ file, key }) => {
      const path = resolvePath(cwd, file);
      if (path === undefined) return [];
      return [key === undefined ? path : `${path}:${key}`];
    });
  }

  private parametersOfFile(name: string, keys: YamlNode): { file: string; key?: string }[] {
    const file = this.resolve(name, keys);
    const known = keys.items().flatMap((item) => this.text(item) ?? []);
    return known.length === 0 ? [{ file }] : known.map((key) => ({ file, key }));
  }

  private namesIn(item: YamlNode): { name: string; line: number }[] {
    const text = this.text(item);
    if (text !== undefined) return [{ name: text, line: item.line }];
    return item.entries().map(({ key, line }) => ({ name: this.resolve(key, item), line }));
  }

  private resolve(text: string, node: YamlNode): string {
    const values: Values = this.expanded.values;
    const resolved = resolveTemplate(text, values);
    for (const expression of resolved.unknown) {
      this.problems.push({
        code: 'dvc-template-unsupported',
        message: `The value of \${${expression}} in the stage "${this.expanded.name}" is not known.`,
        file: this.file,
        line: node.line,
        column: node.column,
      });
    }
    return resolved.text;
  }
}

function unique(paths: readonly NamedPath[]): readonly string[] {
  return [...new Set(paths.map(({ path }) => path))];
}
