import type { Problem } from '../../base/problem';
import { resolvePath } from '../files/paths';
import type { YamlNode } from '../yamlNode';
import { checkTexts } from './checkTexts';
import type { ExpandedStage } from './expandStages';
import { interpolate, type Fault } from './interpolate';
import type { OptionWriting } from './writeOptions';

/** A path that a stage names, and where. */
export interface NamedPath {
  /** Relative to the project's root; undefined where it is not in the project. */
  readonly path: string | undefined;
  readonly written: string;
  readonly line: number;
  /** The options that it has in dvc.yaml. */
  readonly options: YamlNode | undefined;
}

const OTHERS = ['wdir', 'desc', 'meta'];
const REFUSES = 'DVC refuses this file:';

/** Reads the parts of one stage of a dvc.yaml, with the values that its `${…}` stand for. */
export class StageReader {
  constructor(
    private readonly stage: ExpandedStage,
    private readonly file: string,
    private readonly writing: OptionWriting,
    private readonly problems: Problem[],
  ) {}

  /** The commands as DVC has them: a text, or a list of them. */
  command(): string | readonly string[] | undefined {
    const node = this.stage.body.get('cmd');
    const commands = (node?.items() ?? []).flatMap((item) => this.text(item, this.writing) ?? []);
    if (commands.some((command) => command.trim() !== '')) {
      return node?.isList === true ? commands : commands[0];
    }
    this.say(
      this.stage.line,
      `The stage "${this.stage.name}" has no command.`,
      'Add `cmd:` to it.',
    );
    return undefined;
  }

  text(node: YamlNode | undefined, writing?: OptionWriting): string | undefined {
    return node?.text === undefined ? undefined : this.resolve(node.text, node, writing);
  }

  /** `deps`, `outs`, `metrics`, `plots`: a list of paths, or of maps from a path to its options. */
  paths(key: string, cwd: string): readonly NamedPath[] {
    return (this.stage.body.get(key)?.items() ?? []).flatMap((item) => {
      const text = this.text(item);
      if (text !== undefined) return [namedPath(text, item.line, undefined, cwd)];
      return item
        .entries()
        .map(({ key: name, line, value }) => namedPath(this.resolve(name, item), line, value, cwd));
    });
  }

  /**
   * `params`: keys of params.yaml, or maps from a file to its keys (none: the whole file). A file that is named as a
   * whole anywhere is tracked as a whole.
   */
  parameters(cwd: string): readonly string[] {
    const named = (this.stage.body.get('params')?.items() ?? []).flatMap((item) => {
      const key = this.text(item);
      if (key !== undefined) return [{ file: 'params.yaml', key }];
      return item.entries().flatMap((entry) => this.parametersOfFile(entry.key, entry.value));
    });
    const found = named.flatMap(({ file, key }) => {
      const path = resolvePath(cwd, file);
      return path === undefined ? [] : [{ path, key }];
    });
    const whole = new Set(found.flatMap(({ path, key }) => (key === undefined ? [path] : [])));
    return unique(found.map(({ path, key }) => (whole.has(path) ? path : `${path}:${key}`)));
  }

  /** Of the outputs of one stage, none may be in two lists; within one list, the last counts. */
  checkPaths(dependencies: readonly NamedPath[], outputs: readonly (readonly NamedPath[])[]): void {
    for (const { written, line } of [...dependencies, ...outputs.flat()]) {
      if (written === '')
        this.say(line, `${REFUSES} a path is empty.`, 'Remove it, or fill it in.');
    }
    const known = new Set<string>();
    for (const list of outputs) {
      for (const { path = '', line } of list) {
        if (!known.has(path)) continue;
        const message = `${REFUSES} ${path} is in two lists of outputs of "${this.stage.name}".`;
        this.say(line, message, 'Take it out of one of them.');
      }
      for (const { path } of list) if (path !== undefined) known.add(path);
    }
  }

  /** DVC replaces `${…}` everywhere, and refuses a value that it does not know in a description too. */
  checkOthers(): void {
    const { body, values, name } = this.stage;
    const options = ['outs', 'metrics', 'plots'].flatMap((key) =>
      (body.get(key)?.items() ?? []).flatMap((item) => item.entries().map(({ value }) => value)),
    );
    for (const node of [...OTHERS.map((key) => body.get(key)), ...options]) {
      const place = { file: this.file, way: `stages.${name}` };
      this.problems.push(...checkTexts(node, values, place));
    }
  }

  private parametersOfFile(
    name: string,
    keys: YamlNode,
  ): { file: string; key: string | undefined }[] {
    const file = this.resolve(name, keys);
    const known = keys.items().flatMap((item) => this.text(item) ?? []);
    return known.length === 0 ? [{ file, key: undefined }] : known.map((key) => ({ file, key }));
  }

  private resolve(text: string, node: YamlNode, writing?: OptionWriting): string {
    const resolved = interpolate(text, this.stage.values, writing);
    for (const fault of resolved.faults) {
      this.problems.push({
        code: 'dvc-template-unsupported',
        message: this.describe(fault),
        file: this.file,
        line: node.line,
        column: node.column,
      });
    }
    return resolved.text;
  }

  private describe({ expression, why }: Fault): string {
    const place = `\${${expression}} in the stage "${this.stage.name}"`;
    return why === 'unknown'
      ? `The value of ${place} is not known.`
      : `The value of ${place} is a list or a map, which cannot stand here.`;
  }

  say(line: number, message: string, fix?: string): void {
    const { file } = this;
    this.problems.push({
      code: 'dvc-invalid',
      message,
      file,
      line,
      ...(fix === undefined ? {} : { fix }),
    });
  }
}

function namedPath(
  written: string,
  line: number,
  options: YamlNode | undefined,
  cwd: string,
): NamedPath {
  return { path: resolvePath(cwd, written), written, line, options };
}

export function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
