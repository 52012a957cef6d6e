import { join } from 'node:path';
import { formatProblem } from '../../base/problem';
import type { StatusSources } from '../status/statusSources';
import { deriveJobs, type Job, type JobGraph } from '../../project/snakemake/jobs';
import type { RuleNeeds } from '../../project/snakemake/falseCycles';
import { findNeeds } from '../../project/snakemake/ruleNeeds';
import { loadWorkflow } from '../../project/snakemake/loadWorkflow';
import { hasPattern, wildcardsFor } from '../../project/snakemake/ruleProducts';
import type { Rule, Workflow } from '../../project/snakemake/workflow';
import { existsSync } from 'node:fs';
import { diskFiles } from './diskFiles';
import { FileTimes } from './fileTimes';
import { JobChecker } from './jobCheck';
import { SnakemakeRecords } from './metadata';
import { NeededJobs, type JobVerdict } from './neededJobs';

/** Everything that is known of one workflow's jobs. */
export interface WorkflowStatus {
  readonly workflow: Workflow;
  readonly records: SnakemakeRecords;
  readonly times: FileTimes;
  /** The jobs of a rule that are known. */
  readonly verdicts: ReadonlyMap<string, readonly JobVerdict[]>;
  /** Why a rule may have jobs that are not known. */
  readonly gaps: ReadonlyMap<string, string>;
  /** What a rule cannot be run for want of. */
  readonly impossible: ReadonlyMap<string, readonly string[]>;
}

/** More files than this with a record are not gone through. */
const MOST_RECORDS = 20_000;

/** @param entry the Snakefile, relative to the project's root */
export async function readWorkflowStatus(
  root: string,
  entry: string,
  sources: StatusSources,
): Promise<WorkflowStatus | string> {
  const workflow = await loadWorkflow(entry, diskFiles(root));
  // Snakemake would not go on; what was understood is not all that there is.
  const broken = workflow.problems.find(({ code }) => code !== 'snakemake-include-circular');
  if (broken !== undefined) return `Snakemake cannot read this workflow: ${formatProblem(broken)}`;
  if (workflow.workdir === undefined) return workflow.gaps[0] ?? 'its working folder is not known';
  const folder = join(root, workflow.workdir);
  const times = new FileTimes(folder);
  const records = new SnakemakeRecords(folder);
  const hasProfile = [
    workflow.folder,
    workflow.snakefiles[0]?.includes('/') === true ? 'workflow' : '.',
  ].some((one) => existsSync(join(root, one, 'profiles', 'default')));
  const checker = new JobChecker(workflow, times, records, sources, hasProfile);
  const reader = new StatusReader(workflow, times, records, checker);
  return reader.read();
}

class StatusReader {
  private readonly verdicts = new Map<string, JobVerdict[]>();
  private readonly impossible = new Map<string, readonly string[]>();

  constructor(
    private readonly workflow: Workflow,
    private readonly times: FileTimes,
    private readonly records: SnakemakeRecords,
    private readonly checker: JobChecker,
  ) {}

  async read(): Promise<WorkflowStatus> {
    const { workflow, records, times } = this;
    const target = workflow.defaultTarget;
    const graph = this.derive(target === undefined ? [] : [target]);
    await this.take(graph);
    const needs = findNeeds(workflow, graph);
    const gaps = findGaps(workflow, graph, needs);
    await this.takeOthers();
    return { workflow, records, times, verdicts: this.verdicts, gaps, impossible: this.impossible };
  }

  private derive(targets: readonly string[]): JobGraph {
    const known = new Map<string, readonly string[] | undefined>();
    const recordedInput = (output: string): readonly string[] | undefined => {
      if (!known.has(output)) known.set(output, this.records.of(output)?.input);
      return known.get(output);
    };
    return deriveJobs(this.workflow, targets, {
      exists: (path) => this.times.exists(path),
      recordedInput,
    });
  }

  private async take(graph: JobGraph, isMeant: (job: Job) => boolean = () => true): Promise<void> {
    for (const verdict of await new NeededJobs(graph, this.times, this.checker).find()) {
      const { name } = verdict.job.rule;
      if (!isMeant(verdict.job)) continue;
      const known = this.verdicts.get(name);
      if (known === undefined) this.verdicts.set(name, [verdict]);
      else known.push(verdict);
    }
    for (const { rule, missing } of graph.impossible.values()) {
      if (!this.impossible.has(rule.name)) this.impossible.set(rule.name, missing);
    }
  }

  /** Rules that the default target does not need: by themselves, and where they have wildcards by what they made. */
  private async takeOthers(): Promise<void> {
    const others = [...this.workflow.rules.values()].filter(
      (rule) => !this.verdicts.has(rule.name),
    );
    if (others.length === 0) return;
    const names = new Set(others.map((rule) => rule.name));
    const plain = others.filter((rule) => !hasPattern(rule)).map((rule) => rule.name);
    const patterns = others.filter(hasPattern);
    const targets = [...plain, ...this.recordedOutputs(patterns)];
    await this.take(this.derive(targets), (job) => names.has(job.rule.name));
  }

  private recordedOutputs(rules: readonly Rule[]): readonly string[] {
    if (rules.length === 0) return [];
    const byName = new Map(rules.map((rule) => [rule.name, rule]));
    return this.records.outputs(MOST_RECORDS).filter((output) => {
      const rule = byName.get(this.records.of(output)?.rule ?? '');
      if (rule === undefined || !this.times.exists(output)) return false;
      return wildcardsFor(rule, output, new Map()) !== undefined;
    });
  }
}

/** Rules that may have more jobs than are known, and why: all that comes before what is not known. */
function findGaps(
  workflow: Workflow,
  graph: JobGraph,
  needs: RuleNeeds,
): ReadonlyMap<string, string> {
  const gaps = new Map<string, string>();
  const [whole] = workflow.gaps;
  if (whole !== undefined) for (const name of workflow.rules.keys()) gaps.set(name, whole);
  const unclear = graph.jobs.filter((job) => job.unknownInput !== undefined);
  for (const job of unclear) {
    const open = [...(needs.get(job.rule.name)?.keys() ?? [])];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (gaps.has(name)) continue;
      gaps.set(name, job.unknownInput ?? '');
      open.push(...(needs.get(name)?.keys() ?? []));
    }
  }
  return gaps;
}
