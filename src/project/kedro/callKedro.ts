import { callKnown } from '../evaluate/callExternal';
import type { Arguments } from '../evaluate/interpreter';
import { itemsOf } from '../evaluate/pyText';
import { int, list, UNKNOWN, type PyValue } from '../evaluate/pyValue';
import { combinePipelines } from './combinePipelines';
import { findPipelines } from './findPipelines';
import type { KedroInterpreter } from './kedroInterpreter';
import { nodeOf, nodeValue, pipelineOf, pipelineValue } from './kedroPipeline';
import { makeContextNode, makeNode } from './makeNode';
import { makePipeline } from './makePipeline';
import { selectNodes } from './selectNodes';

type Call = (given: Arguments, interpreter: KedroInterpreter) => PyValue;

/** What Kedro's own functions give, by their full names; it has moved them around over the years. */
const KEDRO: readonly (readonly [RegExp, Call])[] = [
  [/^kedro\.pipeline(?:\.node)?\.[nN]ode$/, makeNode],
  [/^kedro\.pipeline(?:\.\w+)?\.[pP]ipeline$/, makePipeline],
  [/^kedro\.pipeline(?:\.llm_context)?\.(?:llm_context_node|LLMContextNode)$/, makeContextNode],
  // A tool of a language model: a function, and the names of what it takes.
  [/^kedro\.pipeline(?:\.llm_context)?\.tool$/, ({ positional }) => list(positional.slice(1))],
  // kedro-mlflow's pipeline of training, which logs the one of inference besides.
  [
    /^kedro_mlflow\.pipeline(?:\.\w+)?\.pipeline_ml(?:_factory)?$/,
    ({ positional, keywords }) => keywords.get('training') ?? positional[0] ?? UNKNOWN,
  ],
  [/^kedro\.framework\.project\.find_pipelines$/, (_, interpreter) => findPipelines(interpreter)],
  [
    /^(?:functools\.)?(?:partial|update_wrapper|wraps)$/,
    ({ positional }) => positional[0] ?? UNKNOWN,
  ],
  [/^sum$/, sum],
];

const callPython = callKnown({});

export function callKedro(name: string, given: Arguments, interpreter: KedroInterpreter): PyValue {
  if (name.startsWith('.')) {
    const [object] = given.positional;
    const pipeline = pipelineOf(object);
    if (pipeline !== undefined) {
      const rest = { ...given, positional: given.positional.slice(1) };
      return pipelineValue(selectNodes(pipeline, name.slice(1), rest));
    }
    const node = nodeOf(object);
    if (node !== undefined && object !== undefined)
      return name === '.tag' ? nodeValue(node) : UNKNOWN;
  }
  const known = KEDRO.find(([pattern]) => pattern.test(name));
  return known === undefined ? callPython(name, given, interpreter) : known[1](given, interpreter);
}

/** `sum(pipelines.values())`, with or without a start. */
function sum({ positional, keywords }: Arguments, interpreter: KedroInterpreter): PyValue {
  const [values = UNKNOWN, given] = positional;
  const start = given ?? keywords.get('start');
  const found = itemsOf(values);
  if (found === undefined) return UNKNOWN;
  const place = interpreter.place();
  const all = [...(start === undefined ? [] : [start]), ...found.items];
  const [first, ...others] = found.open ? [...all, UNKNOWN] : all;
  if (first === undefined) return int(0);
  return others.reduce<PyValue>(
    (total, one) => combinePipelines('+', total, one, place) ?? UNKNOWN,
    first,
  );
}
