import type { Evidence } from '../../base/evidence';
import type { DetectedStage } from '../detector';
import { mergeEvidence } from '../assemble/mergeEvidence';
import type { PipelineTool, StageKind } from '../project';
import { kindOfScript } from '../scripts/scriptKind';
import { quoteCommand } from '../shell/quoteWord';
import { kindOfName } from '../classify/stageKind';
import type { FlowFiles } from './flowFiles';

/** A pipeline that a script of the project runs. */
export interface ScriptedFlow {
  readonly tool: PipelineTool;
  /** Of the script; the stage's id, unless a file has several. */
  readonly path: string;
  readonly id?: string;
  readonly name: string;
  /** What its parts say that it is for. */
  readonly kind?: StageKind | undefined;
  /** The words after the script. */
  readonly words: readonly string[];
  readonly source: Evidence;
  readonly evidence: readonly Evidence[];
  /** Files that the pipeline reads besides what is found in its code. */
  readonly dependencies?: readonly string[];
}

/** A stage that is run as a script; a script of the same path is no stage besides it. */
export function scriptedStage(flow: ScriptedFlow, files: FlowFiles): DetectedStage {
  const { cwd, analysis } = files;
  const script = cwd === '.' ? flow.path : flow.path.slice(cwd.length + 1);
  return {
    id: flow.id ?? flow.path,
    name: flow.name,
    tool: flow.tool,
    kind: flow.kind ?? kindOfName(flow.name) ?? kindOfScript(analysis, files) ?? 'other',
    command: quoteCommand(['python', script, ...flow.words]),
    cwd,
    dependencies: [
      ...new Set([
        flow.path,
        flow.source.file,
        ...analysis.imported,
        ...files.dependencies,
        ...(flow.dependencies ?? []),
      ]),
    ],
    outputs: files.outputs,
    parameters: files.parameters,
    metrics: [...new Set(files.metrics.map(({ path }) => path))],
    source: flow.source,
    evidence: mergeEvidence(
      [flow.source],
      flow.evidence,
      files.evidence.filter((one) => one.file === flow.path),
    ),
  };
}

/** A pipeline that runs somewhere else. */
export interface ServedFlow {
  readonly tool: PipelineTool;
  readonly id: string;
  readonly name: string;
  readonly source: Evidence;
  readonly evidence: readonly Evidence[];
  readonly notRunnable: string;
  readonly kind?: StageKind | undefined;
  readonly dependencies?: readonly string[];
  readonly needs?: readonly string[];
}

export function servedStage(flow: ServedFlow): DetectedStage {
  const { evidence, dependencies = [], needs = [], kind, ...rest } = flow;
  return {
    ...rest,
    kind: kind ?? kindOfName(flow.name) ?? 'other',
    command: '',
    cwd: '.',
    dependencies: [...new Set([flow.source.file, ...dependencies])],
    outputs: [],
    parameters: [],
    metrics: [],
    evidence: mergeEvidence([flow.source], evidence),
    ...(needs.length === 0 ? {} : { needs }),
  };
}

/** The path, where a file has one pipeline; a file of several has one id for each. */
export function flowId(path: string, name: string, isOnly: boolean): string {
  return isOnly ? path : `${path}:${name}`;
}
