import { isGlob } from '../../project/files/globMatch';
import { pathsOverlap, splitPath } from './pathsOverlap';

interface Node {
  /** Who writes exactly this path. */
  readonly writers: Set<string>;
  readonly children: Map<string, Node>;
}

/** Who writes what, so that a pipeline of many stages is joined without comparing each with each. */
export class OutputIndex {
  private readonly root: Node = emptyNode();
  private readonly outputs: { readonly path: string; readonly writer: string }[] = [];
  private readonly globs: { readonly path: string; readonly writer: string }[] = [];

  add(path: string, writer: string): void {
    this.outputs.push({ path, writer });
    if (isGlob(path)) this.globs.push({ path, writer });
    let node = this.root;
    for (const part of splitPath(path)) {
      const child = node.children.get(part) ?? emptyNode();
      node.children.set(part, child);
      node = child;
    }
    node.writers.add(writer);
  }

  /** The writers of this path, of a folder that contains it, or of anything in it. */
  writersOf(input: string): ReadonlySet<string> {
    const writers = new Set<string>();
    for (const output of isGlob(input) ? this.outputs : this.globs) {
      if (pathsOverlap(output.path, input)) writers.add(output.writer);
    }
    this.collect(splitPath(input), writers);
    return writers;
  }

  private collect(parts: readonly string[], writers: Set<string>): void {
    let node = this.root;
    for (const part of parts) {
      addAll(writers, node.writers);
      const child = node.children.get(part);
      if (child === undefined) return;
      node = child;
    }
    const below = [node];
    for (const reached of below) {
      addAll(writers, reached.writers);
      below.push(...reached.children.values());
    }
  }
}

function emptyNode(): Node {
  return { writers: new Set(), children: new Map() };
}

function addAll(set: Set<string>, added: ReadonlySet<string>): void {
  for (const item of added) set.add(item);
}
