import type { DetectedStage, Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { readTaskOrder, sortTasks } from '../frameworks/airflowOrder';
import { flowName } from '../frameworks/decoratedFlows';
import { servedStage } from '../frameworks/flowStage';
import { modulesOf } from '../frameworks/frameworkModules';
import { joinDetections } from '../frameworks/joinDetections';
import {
  decoratedFunctions,
  findCallsOf,
  qualifiedName,
  textArgument,
} from '../frameworks/qualifiedName';
import type { CallExpression, Module, Scope } from '../python/syntax';

const DAG = /^airflow(?:\.models(?:\.dag)?|\.sdk)?\.DAG$/;
const DAG_DECORATOR = /^airflow\.(?:decorators|sdk)(?:\.dag)?\.dag$/;
const TASK_DECORATOR = /^airflow\.(?:decorators|sdk)\.(?:task|setup|teardown)(?:\.\w+)?$/;
const OPERATOR = /^airflow\.(?:.*\.)?\w*(?:Operator|Sensor)$/;

/** `airflow dags test` would need Airflow's database and connections, and do what the DAG does for real. */
const NOT_RUNNABLE = "Airflow's scheduler runs it";

/** Airflow: one stage for each DAG, with its tasks in their order as evidence. */
export const airflowDetector: Detector = {
  name: 'airflow',
  async detect({ files, signal }) {
    const found: Detection[] = [];
    for (const module of await modulesOf('airflow', files)) {
      signal?.throwIfAborted();
      found.push({ stages: await describeDags(module, files) });
    }
    const configs = files.named('airflow.cfg');
    return joinDetections(
      'airflow',
      found,
      configs.map((file) => ({ file, line: 1 })),
    );
  },
};

/** A DAG of a file: its tasks are those of the function that makes it, else all that are in no such function. */
interface Dag {
  readonly name: string;
  readonly line: number;
  readonly within: Scope | undefined;
}

async function describeDags(module: Module, files: FileIndex): Promise<readonly DetectedStage[]> {
  const dags: readonly Dag[] = [
    ...findCallsOf(module.scope, DAG).map(({ call, scope }) => ({
      name: textArgument(call, 0, 'dag_id') ?? '',
      line: call.line,
      within: scope === module.scope ? undefined : scope,
    })),
    ...decoratedFunctions(module.scope, DAG_DECORATOR).map((scope) => ({
      name: dagName(scope),
      line: scope.line,
      within: scope,
    })),
  ];
  if (dags.length === 0) return [];
  const text = await files.readText(module.path);
  const tasks = tasksOf(module);
  const names = new Set(tasks.map((task) => task.name));
  const order = text.ok ? await readTaskOrder(text.value, names) : [];
  const sorted = sortTasks([...names], order);
  return dags.map((dag): DetectedStage => {
    const own = tasks.filter(
      (task) => dags.length === 1 || dag.within === undefined || liesWithin(task.scope, dag.within),
    );
    const inOrder = [...own].sort((a, b) => sorted.indexOf(a.name) - sorted.indexOf(b.name));
    const lines = [...inOrder.map((task) => task.line), ...order.map((one) => one.line)];
    // A name that is not written out is told by where the DAG stands.
    const name = dag.name === '' ? `${module.path}:${dag.line}` : dag.name;
    const id = dag.name === '' ? name : `${module.path}:${dag.name}`;
    return servedStage({
      tool: 'airflow',
      id,
      name,
      source: { file: module.path, line: dag.line },
      evidence: lines.map((line) => ({ file: module.path, line })),
      notRunnable: NOT_RUNNABLE,
    });
  });
}

function dagName(scope: Scope): string {
  const call = scope.decorators.find(
    (one): one is CallExpression =>
      one.kind === 'call' && DAG_DECORATOR.test(qualifiedName(one, scope.parent ?? scope) ?? ''),
  );
  const given = call === undefined ? undefined : textArgument(call, 0, 'dag_id');
  return given ?? flowName(scope, DAG_DECORATOR);
}

interface Task {
  /** The variable or the function, as the order of the tasks names it. */
  readonly name: string;
  readonly line: number;
  readonly scope: Scope;
}

function tasksOf(module: Module): readonly Task[] {
  const operators = findCallsOf(module.scope, OPERATOR).map(({ call, scope }) => ({
    name: boundName(call, scope) ?? textArgument(call, 0, 'task_id') ?? '',
    line: call.line,
    scope,
  }));
  const functions = decoratedFunctions(module.scope, TASK_DECORATOR).map((scope) => ({
    name: scope.name,
    line: scope.line,
    scope: scope.parent ?? scope,
  }));
  return [...operators, ...functions];
}

function boundName(call: CallExpression, scope: Scope): string | undefined {
  for (const [name, bindings] of scope.bindings) {
    if (bindings.some((binding) => binding.value === call)) return name;
  }
  // The call in a binding and the call in the list of calls are read apart: their line tells.
  for (const [name, bindings] of scope.bindings) {
    if (bindings.some(({ value }) => value.kind === 'call' && value.line === call.line))
      return name;
  }
  return undefined;
}

function liesWithin(scope: Scope, outer: Scope): boolean {
  for (let one: Scope | undefined = scope; one !== undefined; one = one.parent) {
    if (one === outer) return true;
  }
  return false;
}
