import { CONFIG_FILE } from '../config/parseConfig';
import { readDvcOutputs, type DvcOutput, type DvcOutputs } from '../data/content/contentDvcOutputs';
import { openSource } from '../data/content/contentSource';
import type { ObjectReader } from '../git/objectReader';
import type { Repository } from '../git/repository';
import { baseName } from '../project/files/paths';
import type { StagedProject } from './stagedProjects';
import type { Change } from './touched';

export interface StagedContext {
  readonly repository: Repository;
  readonly reader: ObjectReader;
  /** Null before the first commit. */
  readonly head: string | null;
}

/**
 * What is staged in a project, with the DVC outputs whose recorded content differs from that of HEAD: a lock file that
 * changes does not concern every dataset in it. `recorded` is what DVC tracks in the index.
 */
export async function describeChange(
  { project, files, changes }: StagedProject,
  { repository, reader, head }: StagedContext,
): Promise<{ readonly change: Change; readonly recorded: DvcOutputs }> {
  const paths = new Set(changes.map(({ path }) => path));
  const deleted = new Set(
    changes.filter(({ status }) => status === 'deleted').map(({ path }) => path),
  );
  const recorded = await readDvcOutputs(files);
  const outputs: string[] = [];
  if ([...paths].some(isDvcRecord)) {
    const commit = head === null ? undefined : { commit: head };
    const before =
      commit === undefined
        ? undefined
        : await openSource(project.root, commit, { repository, reader });
    const past = before?.ok === true ? (await readDvcOutputs(before.value.files)).outputs : [];
    outputs.push(...differingPaths(recorded.outputs, past));
  }
  return { change: { paths, deleted, outputs, isConfig: paths.has(CONFIG_FILE) }, recorded };
}

function isDvcRecord(path: string): boolean {
  return ['dvc.lock', 'dvc.yaml'].includes(baseName(path)) || path.endsWith('.dvc');
}

function differingPaths(now: readonly DvcOutput[], past: readonly DvcOutput[]): readonly string[] {
  const known = new Set(past.map(({ path, md5 }) => `${md5} ${path}`));
  return now.filter(({ path, md5 }) => !known.has(`${md5} ${path}`)).map(({ path }) => path);
}
