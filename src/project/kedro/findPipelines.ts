import { dict, text, type PyValue } from '../evaluate/pyValue';
import type { KedroInterpreter } from './kedroInterpreter';
import { lineAt, type KedroModule } from './kedroModules';
import { pipelineOf, pipelineValue } from './kedroPipeline';

/**
 * `find_pipelines()`: the package's own `pipeline` module as `__default__`, and every package in `pipelines` that has a
 * `create_pipeline`. Source: kedro/framework/project/__init__.py.
 */
export function findPipelines(interpreter: KedroInterpreter): PyValue {
  const { modules, packageName, requested } = interpreter;
  interpreter.hasSearched = true;
  const whole = modules.find(`${packageName}.pipeline`);
  const source = { file: whole?.file ?? '', line: 1 };
  const nothing = pipelineValue({ nodes: [], isOpen: false, source });
  const found: [PyValue, PyValue][] = [];
  if (requested === undefined) {
    const made = whole === undefined ? undefined : created(whole, interpreter);
    found.push([text('__default__'), made ?? nothing]);
  }
  for (const name of modules.packagesIn(`${packageName}.pipelines`)) {
    if (requested?.has(name) === false) continue;
    const module = modules.find(`${packageName}.pipelines.${name}`);
    const pipeline = module === undefined ? undefined : created(module, interpreter);
    if (pipeline !== undefined) found.push([text(name), pipeline]);
  }
  return dict(found);
}

/** What a module's `create_pipeline()` gives; undefined where it has none. */
function created(module: KedroModule, interpreter: KedroInterpreter): PyValue | undefined {
  const maker = interpreter.scopeOf(module).variables.get('create_pipeline');
  if (maker === undefined) return undefined;
  const value = interpreter.call(maker, { positional: [], keywords: new Map(), open: false });
  if (pipelineOf(value) !== undefined) return value;
  // What is known not to be a pipeline is left out, as Kedro does.
  if (value.kind !== 'unknown' && value.kind !== 'external') return undefined;
  const source =
    maker.kind === 'function'
      ? { file: maker.code.file, line: lineAt(maker.code.text, maker.node.from) }
      : { file: module.file, line: 1 };
  return pipelineValue({ nodes: [], isOpen: true, source });
}
