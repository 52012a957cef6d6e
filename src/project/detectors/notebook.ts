import type { Evidence } from '../../base/evidence';
import type { Detection, DetectedStage, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { mergeEvidence } from '../assemble/mergeEvidence';
import { notebookSource, type NotebookSource } from '../notebooks/notebookSource';
import { folderOf, stemOf } from '../files/paths';
import { analyzeScript } from '../python/analyzeScript';
import { ModuleStore } from '../python/moduleStore';
import { isPythonScriptName } from '../scripts/isPythonScriptName';
import { locatePath } from '../scripts/locatePath';
import { scriptFiles, type ScriptFiles } from '../scripts/scriptFiles';
import { quoteCommand } from '../shell/quoteWord';
import { ownModels } from '../scripts/ownModels';
import { kindOfName } from '../classify/stageKind';

/** Jupyter notebooks: each is a stage that can be executed, with what it reads and writes. */
export const notebookDetector: Detector = {
  name: 'notebook',
  async detect({ files, signal }) {
    const paths = files.withExtension('.ipynb').filter(isPythonScriptName);
    if (paths.length === 0) return {};
    const store = new ModuleStore(files);
    const found = await mapConcurrent(paths, 4, (path) => {
      signal?.throwIfAborted();
      return describeNotebook(path, files, store);
    });
    const stages = found.flatMap((one) => one.stages ?? []);
    return {
      tools: [
        { tool: 'notebook', evidence: paths.slice(0, 20).map((file) => ({ file, line: 1 })) },
      ],
      stages,
      datasets: found.flatMap((one) => one.datasets ?? []),
      models: ownModels(
        found.flatMap((one) => one.models ?? []),
        stages,
        files,
      ),
      problems: found.flatMap((one) => one.problems ?? []),
    };
  },
};

async function describeNotebook(
  path: string,
  files: FileIndex,
  store: ModuleStore,
): Promise<Detection> {
  const text = await files.readText(path);
  // Figures make notebooks large; what such a one reads is then not known, but it can be run.
  const source = text.ok ? notebookSource(text.value) : undefined;
  if (text.ok && source === undefined) return {};
  const found = source === undefined ? undefined : await readSource(path, source, files, store);
  const stage = describeStage(path, found);
  return found === undefined
    ? { stages: [stage] }
    : { stages: [stage], datasets: found.datasets, models: found.models };
}

async function readSource(
  path: string,
  source: NotebookSource,
  files: FileIndex,
  store: ModuleStore,
): Promise<ScriptFiles | undefined> {
  const module = await store.parse(source.text, path);
  if (module === undefined) return undefined;
  // Jupyter runs a notebook in its own folder.
  const place = { path, cwd: folderOf(path) };
  const locate: Parameters<typeof scriptFiles>[1] = (one) => locatePath(one, place, files);
  const analysis = await analyzeScript(module, files, store, { argumentWords: [], locate });
  const inNotebook = (evidence: readonly Evidence[]): readonly Evidence[] =>
    evidence.map((one) =>
      one.file === path ? { file: path, line: source.lines[one.line - 1] ?? 1 } : one,
    );
  const found = scriptFiles(analysis, locate, (one) => files.exists(one));
  return {
    ...found,
    datasets: found.datasets.map((one) => ({ ...one, evidence: inNotebook(one.evidence) })),
    models: found.models.map((one) => ({ ...one, evidence: inNotebook(one.evidence) })),
    evidence: inNotebook(found.evidence),
  };
}

function describeStage(path: string, found: ScriptFiles | undefined): DetectedStage {
  const source = { file: path, line: 1 };
  return {
    id: path,
    name: stemOf(path),
    tool: 'notebook',
    kind: kindOfName(stemOf(path)) ?? 'other',
    command: quoteCommand(['jupyter', 'execute', path]),
    cwd: '.',
    dependencies: [...new Set([path, ...(found?.dependencies ?? [])])],
    outputs: found?.outputs ?? [],
    parameters: found?.parameters ?? [],
    metrics: [],
    source,
    evidence: mergeEvidence(
      [source],
      (found?.evidence ?? []).filter((one) => one.file === path),
    ),
  };
}
