import type { Detection, DetectedStage } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mergeEvidence } from '../assemble/mergeEvidence';
import { folderOf, stemOf } from '../files/paths';
import { analyzeScript, type ScriptAnalysis } from '../python/analyzeScript';
import type { ModuleStore } from '../python/moduleStore';
import type { Module } from '../python/syntax';
import type { ScriptRun } from '../shell/scriptRuns';
import { locatePath, speaksForOwnFolder, type ScriptPlace } from './locatePath';
import { scriptCommand, wordsNeeded } from './scriptCommand';
import { scriptFiles, type ScriptFiles } from './scriptFiles';
import { isService, kindOfScript, worksWithData } from './scriptKind';

/** What one script tells: a stage, where it is one, and the data, models and metrics that it names. */
export async function describeScript(
  module: Module,
  run: ScriptRun | undefined,
  files: FileIndex,
  store: ModuleStore,
): Promise<Detection> {
  const first = await analyze(run?.arguments ?? []);
  const words = wordsNeeded(first.options, run);
  const analysis = run === undefined || words.length > 0 ? first : await analyze(words);
  if (!analysis.isRunnable) return {};
  const place = { path: module.path, cwd: run?.cwd ?? workingFolder(analysis, files) };
  const found = scriptFiles(
    analysis,
    (path) => locatePath(path, place, files),
    (path) => files.exists(path),
  );
  const { datasets, models, metrics } = found;
  const stage = isStage(analysis, found) ? [describeStage(analysis, found, place, run, words)] : [];
  return { stages: stage, datasets, models, metrics: stage.length === 0 ? [] : metrics };

  function analyze(argumentWords: readonly string[]): Promise<ScriptAnalysis> {
    const cwd = run?.cwd ?? '.';
    const locate: Parameters<typeof analyzeScript>[3]['locate'] = (path) =>
      locatePath(path, { path: module.path, cwd }, files);
    return analyzeScript(module, files, store, { argumentWords, locate });
  }
}

/** Where nobody says: the root, unless what the script reads lies beside it. */
function workingFolder({ accesses, module }: ScriptAnalysis, files: FileIndex): string {
  const isOwn = accesses.some((one) => speaksForOwnFolder(one.path, module.path, files));
  return isOwn ? folderOf(module.path) : '.';
}

/** A program that ends, that works with data, and of which it is known what it is for or what it reads or writes. */
function isStage(analysis: ScriptAnalysis, found: ScriptFiles): boolean {
  if (isService(analysis)) return false;
  const { outputs, datasets, models } = found;
  const touches =
    datasets.length + models.length > 0 || (outputs.length > 0 && worksWithData(analysis));
  if (touches) return true;
  return (
    kindOfScript(analysis, found) !== undefined && analysis.hasFileCalls && worksWithData(analysis)
  );
}

function describeStage(
  analysis: ScriptAnalysis,
  found: ScriptFiles,
  place: ScriptPlace,
  run: ScriptRun | undefined,
  words: readonly string[],
): DetectedStage {
  const source = { file: place.path, line: analysis.module.mainGuard ?? 1 };
  const own = found.evidence.filter((one) => one.file === place.path);
  return {
    id: place.path,
    name: stemOf(place.path),
    tool: 'scripts',
    kind: kindOfScript(analysis, found) ?? 'other',
    command: scriptCommand(analysis.module, place, run, words),
    cwd: place.cwd,
    dependencies: [...new Set([place.path, ...analysis.imported, ...found.dependencies])],
    outputs: found.outputs,
    parameters: found.parameters,
    metrics: [...new Set(found.metrics.map((metrics) => metrics.path))],
    source,
    evidence: mergeEvidence([source], own),
  };
}
