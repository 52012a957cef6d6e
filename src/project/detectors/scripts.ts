import type { Detection, Detector } from '../detector';
import type { FileIndex } from '../fileIndex';
import { mapConcurrent } from '../mapConcurrent';
import { ModuleStore } from '../python/moduleStore';
import { describeScript } from '../scripts/describeScript';
import { isPythonScriptName } from '../scripts/isPythonScriptName';
import { pruneScripts } from '../scripts/pruneScripts';
import { readRunInstructions } from '../scripts/runInstructions';

/** Python scripts that are steps of a pipeline which no tool describes. They are read, never run or imported. */
export const scriptsDetector: Detector = {
  name: 'scripts',
  async detect({ files, signal }) {
    const candidates = files.withExtension('.py').filter(isPythonScriptName);
    if (candidates.length === 0) return {};
    const runs = await readRunInstructions(files);
    const store = new ModuleStore(files);
    const found = await mapConcurrent(candidates, 8, async (path): Promise<Detection> => {
      signal?.throwIfAborted();
      if (!(await mayBeScript(path, files))) return {};
      const module = await store.load(path);
      return module === undefined ? {} : describeScript(module, runs.get(path), files, store);
    });
    const all = found.flatMap((one) => one.stages ?? []);
    const stages = pruneScripts(all, (script) => runs.has(script));
    return {
      tools:
        stages.length === 0 ? [] : [{ tool: 'scripts', evidence: stages.map((one) => one.source) }],
      stages,
      datasets: found.flatMap((one) => one.datasets ?? []),
      models: found.flatMap((one) => one.models ?? []),
      metrics: found.flatMap((one) => one.metrics ?? []),
    };
  },
};

/** A main guard, or lines of its own that call something: what only defines things needs no parsing. */
const RUNS_SOMETHING = /^(?:if\s*\(?\s*__name__|with\s|for\s|while\s|[\w.]+\()|^[\w, ]+=.*\(/m;

async function mayBeScript(path: string, files: FileIndex): Promise<boolean> {
  const text = await files.readText(path);
  return text.ok && RUNS_SOMETHING.test(text.value);
}
