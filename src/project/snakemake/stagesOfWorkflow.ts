import type { Evidence } from '../../base/evidence';
import { classifyPath } from '../classify/classifyPath';
import type { DetectedDataset, DetectedModel, DetectedStage, Detection } from '../detector';
import { isWrittenMetricsPath } from '../classify/metricsPath';
import { resolvePath } from '../files/paths';
import type { MetricsFile, StageKind, StageResources } from '../project';
import { scriptRuns } from '../shell/scriptRuns';
import { kindOfName, kindOfPath } from '../classify/stageKind';
import type { PyValue } from '../evaluate/pyValue';
import { withoutFalseCycles } from './falseCycles';
import { deriveJobs, type JobGraph, type JobSources } from './jobs';
import { commandOfRule } from './ruleCommand';
import { hasPattern } from './ruleProducts';
import { findNeeds, generalInput, reachedRules } from './ruleNeeds';
import { displayPath, globOfPath } from './wildcards';
import type { Rule, RuleItem, Workflow } from './workflow';

/** The rules of a workflow as stages, in the order of their definition, and what they read and write. */
export function detectWorkflow(
  workflow: Workflow,
  sources: JobSources,
  idOf: (rule: string) => string,
): Detection {
  return new WorkflowDescriber(workflow, sources, idOf).describe();
}

class WorkflowDescriber {
  private readonly stages: DetectedStage[] = [];
  private readonly datasets: DetectedDataset[] = [];
  private readonly models: DetectedModel[] = [];
  private readonly metrics: MetricsFile[] = [];
  private readonly graph: JobGraph;
  private readonly base: string;

  constructor(
    private readonly workflow: Workflow,
    sources: JobSources,
    private readonly idOf: (rule: string) => string,
  ) {
    const { defaultTarget } = workflow;
    this.graph = deriveJobs(workflow, defaultTarget === undefined ? [] : [defaultTarget], sources);
    this.base = workflow.workdir ?? workflow.folder;
  }

  describe(): Detection {
    const needs = findNeeds(this.workflow, this.graph);
    const reached = reachedRules(this.workflow, this.graph, needs);
    const ordered = withoutFalseCycles(needs);
    for (const rule of this.workflow.rules.values()) {
      const own = [...(ordered.get(rule.name)?.keys() ?? [])];
      this.add(rule, own, reached !== undefined && !reached.has(rule.name));
    }
    const { stages, datasets, models, metrics } = this;
    return { stages, datasets, models, metrics, problems: this.workflow.problems };
  }

  private add(rule: Rule, needs: readonly string[], isOnRequest: boolean): void {
    const { workflow } = this;
    const dependencies = this.pathsOf([...generalInput(rule, workflow), ...this.inputOfJobs(rule)]);
    const outputs = this.pathsOf([...rule.output, ...rule.benchmark]);
    const command = commandOfRule(rule, workflow);
    const resources = resourcesOf(rule);
    const entry = { file: workflow.entry, line: 1 };
    const { source } = rule;
    this.stages.push({
      id: this.idOf(rule.name),
      name: rule.name,
      tool: 'snakemake',
      kind: kindOfRule(rule, command, this.base),
      command,
      cwd: this.base,
      dependencies,
      outputs,
      parameters: rule.parameters,
      metrics: outputs.filter((path) => !path.includes('{') && isWrittenMetricsPath(path)),
      source,
      evidence: source.file === entry.file ? [source] : [source, entry],
      needs: needs.map(this.idOf),
      joinedByTool: true,
      ...(isOnRequest ? { onRequest: true } : {}),
      ...(isOnRequest && hasPattern(rule) ? { notRunnable: NO_VALUES } : {}),
      ...(rule.action !== undefined && outputs.length === 0 ? { alwaysRuns: true } : {}),
      ...(resources === undefined ? {} : { resources }),
    });
    this.classify(rule);
  }

  private pathsOf(items: readonly RuleItem[]): readonly string[] {
    const paths = items.flatMap((item) =>
      item.kind === 'path' ? (this.locate(displayPath(item.path)) ?? []) : [],
    );
    return [...new Set(paths)];
  }

  private locate(path: string): string | undefined {
    return resolvePath(this.base, path);
  }

  /** What input functions give for the jobs that are known, where they give nothing in general. */
  private inputOfJobs(rule: Rule): readonly RuleItem[] {
    if (generalInput(rule, this.workflow).every((item) => item.kind === 'path')) return [];
    const files = this.graph.jobs.filter((job) => job.rule === rule).flatMap((job) => job.input);
    const general = new Set(
      generalInput(rule, this.workflow).flatMap((item) =>
        item.kind === 'path' ? [item.path] : [],
      ),
    );
    const more = files.filter(({ path }) => !general.has(path));
    return more.slice(0, MOST_EXAMPLES).map(({ path, flags }) => ({ kind: 'path', path, flags }));
  }

  /** Files with wildcards are one dataset; models are each one of their own, and metrics too. */
  private classify(rule: Rule): void {
    for (const item of [...generalInput(rule, this.workflow), ...rule.output]) {
      if (item.kind !== 'path') continue;
      const glob = globOfPath(item.path);
      const path = this.locate(glob);
      if (path === undefined || /^[*./]*$/.test(glob)) continue;
      const { dataset, model } = classifyPath(path, rule.source);
      if (dataset !== undefined) this.datasets.push(dataset);
      if (model !== undefined && !glob.includes('*')) this.models.push(model);
    }
    for (const item of rule.output) {
      const path = item.kind === 'path' ? this.locate(displayPath(item.path)) : undefined;
      if (
        path === undefined ||
        path.includes('{') ||
        path.includes('*') ||
        !isWrittenMetricsPath(path)
      )
        continue;
      this.metrics.push({ path, evidence: [rule.source] });
    }
    this.classifyJobs(rule);
  }

  private classifyJobs(rule: Rule): void {
    const evidence: Evidence = rule.source;
    const jobs = this.graph.jobs.filter((job) => job.rule === rule && job.wildcards.size > 0);
    for (const { path } of jobs.slice(0, MOST_EXAMPLES).flatMap((job) => job.output)) {
      const located = this.locate(path);
      if (located === undefined) continue;
      const { model } = classifyPath(located, evidence);
      if (model !== undefined) this.models.push(model);
      if (isWrittenMetricsPath(located)) this.metrics.push({ path: located, evidence: [evidence] });
    }
  }
}

const MOST_EXAMPLES = 20;

const NO_VALUES = 'no target of the workflow needs it, so its wildcards have no values';

/** What the rule's name says, else the script that it runs. */
function kindOfRule(rule: Rule, command: string, cwd: string): StageKind {
  if (rule.action === undefined) return 'other';
  const [script] = scriptRuns(command, cwd).flatMap((run) => run.paths);
  return (
    kindOfName(rule.name) ?? (script === undefined ? undefined : kindOfPath(script)) ?? 'other'
  );
}

const MEGABYTE = 1_000_000;

/** `threads`, `mem_mb`, `gpu`, where they are plain numbers. */
function resourcesOf(rule: Rule): StageResources | undefined {
  const number = (value: PyValue | undefined): number | undefined =>
    value?.kind === 'int' || value?.kind === 'float' ? value.value : undefined;
  const own = (name: string): number | undefined => number(rule.resources.get(name));
  const cpus = number(rule.threads);
  const memory = own('mem_mb') ?? sizeOf(rule.resources.get('mem'));
  const gpus = own('gpu') ?? own('gpus') ?? own('nvidia_gpu');
  const known = {
    ...(cpus === undefined || cpus <= 1 ? {} : { cpus }),
    ...(memory === undefined ? {} : { memory: memory * MEGABYTE }),
    ...(gpus === undefined ? {} : { gpus }),
  };
  return Object.keys(known).length === 0 ? undefined : known;
}

const UNITS: Readonly<Record<string, number>> = { K: 0.001, M: 1, G: 1000, T: 1_000_000 };

/** Megabytes of `4GB`, `500 MB`. */
function sizeOf(value: PyValue | undefined): number | undefined {
  const found = value?.kind === 'text' ? /^\s*([\d.]+)\s*([KMGT])i?B?\s*$/i.exec(value.text) : null;
  const unit = UNITS[found?.[2]?.toUpperCase() ?? ''];
  return found?.[1] === undefined || unit === undefined ? undefined : Number(found[1]) * unit;
}
