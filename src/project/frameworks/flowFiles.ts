import type { FileIndex } from '../fileIndex';
import { folderOf } from '../paths';
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
