import type { Arguments } from '../evaluate/interpreter';
import { hasHole, list, NONE, UNKNOWN, type PyValue } from '../evaluate/pyValue';
import type { KedroInterpreter } from './kedroInterpreter';
import { nodeValue } from './kedroPipeline';

/** `node(func, inputs, outputs, name=…, tags=…, namespace=…)`. */
export function makeNode(
  { positional, keywords, open }: Arguments,
  interpreter: KedroInterpreter,
  functionFile?: string,
): PyValue {
  const argument = (index: number, name: string): PyValue =>
    keywords.get(name) ?? positional[index] ?? (open ? UNKNOWN : NONE);
  const inputs = namesIn(argument(1, 'inputs'));
  const outputs = namesIn(argument(2, 'outputs'));
  const tags = namesIn(argument(-1, 'tags'));
  const [name] = namesIn(argument(-1, 'name')).names;
  const [namespace] = namesIn(argument(-1, 'namespace')).names;
  return nodeValue({
    name,
    namespace,
    inputs: inputs.names,
    outputs: outputs.names,
    tags: tags.names,
    functionFile: functionFile ?? interpreter.fileOf(argument(0, 'func')),
    isOpen: inputs.isOpen || outputs.isOpen,
    place: interpreter.place(),
  });
}

/** `llm_context_node(outputs=…, llm=…, prompts=[…], tools=[tool(function, …)], name=…)` */
export function makeContextNode(given: Arguments, interpreter: KedroInterpreter): PyValue {
  const named = (name: string): PyValue =>
    given.keywords.get(name) ?? (given.open ? UNKNOWN : NONE);
  const keywords = new Map(given.keywords);
  keywords.set('inputs', list([named('llm'), named('prompts'), named('tools')]));
  // The functions of its tools are imported where it is made.
  return makeNode({ ...given, keywords }, interpreter, interpreter.place().file);
}

/** A name, a list of names, or the names that a dictionary leads to. */
export function namesIn(value: PyValue): {
  readonly names: readonly string[];
  readonly isOpen: boolean;
} {
  switch (value.kind) {
    case 'text':
      return hasHole(value.text)
        ? { names: [], isOpen: true }
        : { names: [value.text], isOpen: false };
    case 'list':
      return joined(value.items, value.open);
    case 'dict':
      return joined(
        [...value.entries.values()].map((entry) => entry.value),
        value.open,
      );
    case 'none':
      return { names: [], isOpen: false };
    case 'unknown':
    case 'bool':
    case 'int':
    case 'float':
    case 'function':
    case 'external':
    case 'method':
    case 'object':
      return { names: [], isOpen: true };
  }
}

function joined(values: readonly PyValue[], open: boolean): ReturnType<typeof namesIn> {
  const found = values.map(namesIn);
  return {
    names: found.flatMap((one) => one.names),
    isOpen: open || found.some((one) => one.isOpen),
  };
}
