import type { Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { ModuleStore } from '../python/moduleStore';
import { describeScript } from '../scripts/describeScript';
import { isPythonScriptName } from '../scripts/isPythonScriptName';
import { ownModels } from '../scripts/ownModels';
import { pruneScripts } from '../scripts/pruneScripts';
import { readRunInstructions } from '../scripts/runInstructions';
import type { Module } from '../python/syntax';
import type { ScriptRun } from '../shell/scriptRuns';

/** Python scripts that are steps of a pipeline which no tool describes. They are read, never run or imported. */
export const scriptsDetector: Detector = {
  name: 'scripts',
  async detect({ files, signal }) {
    const candidates = files.withExtension('.py').filter(isPythonScriptName);
    if (candidates.length === 0) return {};
    const runs = await readRunInstructions(files);
    const guarded = new Set<string>();
    const found = await mapConcurrent(candidates, 8, async (path): Promise<Detection> => {
      signal?.throwIfAborted();
      const run = runs.get(path);
      const { detection, isGuarded } = await files.deriveFromFiles(
        `script ${JSON.stringify(run)}`,
        path,
        (read) => readScript(path, run, read),
      );
      if (isGuarded) guarded.add(path);
      return detection;
    });
    const all = found.flatMap((one) => one.stages ?? []);
    const stages = pruneScripts(all, {
      isInstructed: (script) => runs.has(script),
      hasMainGuard: (script) => guarded.has(script),
    });
    return {
      tools: [{ tool: 'scripts', evidence: stages.map((one) => one.source) }],
      stages,
      datasets: found.flatMap((one) => one.datasets ?? []),
      models: ownModels(
        found.flatMap((one) => one.models ?? []),
        all,
        files,
      ),
      metrics: found.flatMap((one) => one.metrics ?? []),
    };
  },
};

interface ReadScript {
  readonly detection: Detection;
  readonly isGuarded: boolean;
}

async function readScript(
  path: string,
  run: ScriptRun | undefined,
  files: FileIndex,
): Promise<ReadScript> {
  const store = new ModuleStore(files);
  const module = (await mayBeScript(path, files)) ? await store.load(path) : undefined;
  if (module === undefined || (run === undefined && isPartOfPackage(module)))
    return { detection: {}, isGuarded: false };
  const detection = await describeScript(module, run, files, store);
  return { detection, isGuarded: module.mainGuard !== undefined };
}

/** A module without a main guard that imports relatively fails when it is run as a script. */
function isPartOfPackage({ mainGuard, scope }: Module): boolean {
  return mainGuard === undefined && scope.imports.some((one) => one.level > 0);
}

/** A main guard, or lines of its own that do something: what only defines things needs no parsing. */
const RUNS_SOMETHING =
  /^(?:if\s*\(?\s*__name__|with\s|for\s|while\s|[\w.]+\(|[\w, ]+=.*(?:\bread_\w+|\bload\w*|\bopen|\.fit|\.to_\w+)\()/m;

async function mayBeScript(path: string, files: FileIndex): Promise<boolean> {
  const text = await files.readText(path);
  return text.ok && RUNS_SOMETHING.test(text.value);
}
