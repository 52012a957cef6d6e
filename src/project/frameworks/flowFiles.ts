import type { FileIndex } from '../files/fileIndex';
import { folderOf } from '../files/paths';
import { analyzeScript, type ScriptAnalysis } from '../python/analyzeScript';
import type { ModuleStore } from '../python/moduleStore';
import type { Module } from '../python/syntax';
import { locatePath, speaksForOwnFolder } from '../scripts/locatePath';
import { scriptFiles, type ScriptFiles } from '../scripts/scriptFiles';

/** What a script that runs a pipeline reads and writes, and the folder it is run in. */
export interface FlowFiles extends ScriptFiles {
  readonly analysis: ScriptAnalysis;
  /** Relative to the root. */
  readonly cwd: string;
}

/** As for plain scripts: the root, unless what the script reads lies beside it. */
export async function readFlowFiles(
  module: Module,
  files: FileIndex,
  store: ModuleStore,
): Promise<FlowFiles> {
  const analysis = await analyzeScript(module, files, store, {
    argumentWords: [],
    locate: (path) => locatePath(path, { path: module.path, cwd: '.' }, files),
  });
  const isOwn = analysis.accesses.some((one) => speaksForOwnFolder(one.path, module.path, files));
  const cwd = isOwn ? folderOf(module.path) : '.';
  const found = scriptFiles(
    analysis,
    (path) => locatePath(path, { path: module.path, cwd }, files),
    (path) => files.exists(path),
  );
  return { ...found, analysis, cwd };
}

/** A script together with modules whose functions it runs in a way that is not seen in its calls. */
export function joinFlowFiles(script: FlowFiles, others: readonly FlowFiles[]): FlowFiles {
  const all = [script, ...others];
  const unique = (paths: readonly string[]): readonly string[] => [...new Set(paths)];
  const outputs = unique(all.flatMap((one) => one.outputs));
  return {
    ...script,
    outputs,
    dependencies: unique(all.flatMap((one) => one.dependencies)).filter(
      (path) => !outputs.includes(path),
    ),
    parameters: unique(all.flatMap((one) => one.parameters)),
    metrics: all.flatMap((one) => one.metrics),
    datasets: all.flatMap((one) => one.datasets),
    models: all.flatMap((one) => one.models),
    evidence: all.flatMap((one) => one.evidence),
  };
}
