import type { Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { MAKEFILE_NAMES } from '../make/makefilePlace';
import { readMakefile, type Makefile } from '../make/readMakefile';
import { detectMakefile } from '../make/stagesOfMakefile';
import { folderOf } from '../files/paths';

/** Files of other tools whose stages may have the same names. */
const OTHER_PIPELINES = ['dvc.yaml', 'Snakefile', 'snakefile', 'MLproject', 'workflow/Snakefile'];
/** Repositories of makefiles by the hundred are no ML projects. */
const MOST_MAKEFILES = 50;

/** Make: the targets of every makefile that has to do with data or models. */
export const makeDetector: Detector = {
  name: 'make',
  async detect({ files, signal }) {
    const entries = entriesOf(files);
    const makefiles: Makefile[] = [];
    for (const entry of entries) {
      signal?.throwIfAborted();
      makefiles.push(await readMakefile(entry, files));
    }
    const included = new Set(
      makefiles.flatMap(({ entry, files: read }) => read.filter((one) => one !== entry)),
    );
    const found = makefiles
      .filter(({ entry }) => !included.has(entry))
      .map((makefile) => ({ makefile, detection: detectOne(makefile, files) }))
      .filter(({ detection }) => detection.stages !== undefined);
    return {
      tools:
        found.length === 0
          ? []
          : [
              {
                tool: 'make',
                evidence: found.map(({ makefile }) => ({ file: makefile.entry, line: 1 })),
              },
            ],
      stages: found.flatMap(({ detection }) => detection.stages ?? []),
      datasets: found.flatMap(({ detection }) => detection.datasets ?? []),
      models: found.flatMap(({ detection }) => detection.models ?? []),
      metrics: found.flatMap(({ detection }) => detection.metrics ?? []),
      problems: found.flatMap(({ detection }) => detection.problems ?? []),
    };
  },
};

/** One makefile for each folder, those nearest to the root first. */
function entriesOf(files: FileIndex): readonly string[] {
  const byFolder = new Map<string, string>();
  for (const name of MAKEFILE_NAMES) {
    for (const path of files.named(name)) {
      const folder = folderOf(path);
      if (!byFolder.has(folder)) byFolder.set(folder, path);
    }
  }
  const depth = (path: string): number => path.split('/').length;
  // A template of a project is none yet.
  const entries = [...byFolder.values()].filter((path) => !path.includes('{{'));
  return entries.sort((a, b) => depth(a) - depth(b)).slice(0, MOST_MAKEFILES);
}

function detectOne(makefile: Makefile, files: FileIndex): Detection {
  const isAlone = makefile.folder === '.' && !OTHER_PIPELINES.some((path) => files.has(path));
  const idOf = (target: string): string => (isAlone ? target : `${makefile.entry}:${target}`);
  return detectMakefile(makefile, (path) => files.exists(path), idOf);
}
