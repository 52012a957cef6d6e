import { resolve } from 'node:path';
import { readOwnStatus } from '../../src/pipeline/status/readOwnStatus';
import { openSources } from '../../src/pipeline/status/statusSources';
import type { Project } from '../../src/project/project';
import { readOutput } from '../harness/childProcess';

/** What has changed, by stage; stages in which nothing has are left out. */
export type Changes = Readonly<Record<string, readonly string[]>>;

const NEVER_RUN = ['never run'];

/** The changes that our status has as its reasons, in the words of `changesOfDvc`. */
export async function readOwnChanges(project: Project, stateFolder: string): Promise<Changes> {
  // DVC names what is not in its repository by the whole path.
  const asDvcWrites = (path: string): string =>
    path.startsWith('../') ? resolve(project.root, path) : path;
  const sources = await openSources(project.root, stateFolder);
  const changes: Record<string, readonly string[]> = {};
  for (const stage of project.stages.filter(({ tool }) => tool === 'dvc')) {
    const { status, reasons } = await readOwnStatus(stage, sources);
    if (status === 'never-run') changes[stage.id] = NEVER_RUN;
    else if (status !== 'fresh')
      changes[stage.id] = sortUnique(reasons.map(shortenReason).map(asDvcWrites));
  }
  return changes;
}

function shortenReason(reason: string): string {
  if (reason.startsWith('the command changed: ')) return 'command';
  if (reason === 'DVC always runs it') return 'always';
  const parameter = /^(\S+\.(?:ya?ml|json|toml|py)): (its parameters|[\w-]+)/.exec(reason);
  if (parameter !== null) {
    return parameter[2] === 'its parameters'
      ? `${parameter[1]}`
      : `${parameter[1]}: ${parameter[2]}`;
  }
  const path =
    /^(?:output )?(.*) (?:changed|is missing|is new|is a new dependency|is not in the cache of DVC)$/.exec(
      reason,
    );
  return path?.[1] ?? reason;
}

/** What `dvc status --json` prints. */
export type DvcStatus = Readonly<Record<string, readonly (string | DvcPaths)[]>>;
type DvcPaths = Readonly<
  Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>
>;

/** What `dvc status` says of these stages. What `.dvc` files track is left out: a server may have to be asked for it. */
export async function readDvcStatus(
  root: string,
  stages: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<DvcStatus> {
  if (stages.length === 0) return {};
  const words = ['status', '--json', '--', ...stages];
  return JSON.parse(await readOutput('dvc', words, { cwd: root, env })) as DvcStatus;
}

/** DVC does not say that a stage has never been run, and lists all of its paths: `own` says of which that is so. */
export function changesOfDvc(status: DvcStatus, own: Changes): Changes {
  const changes: Record<string, readonly string[]> = {};
  for (const [stage, entries] of Object.entries(status)) {
    const isNew = own[stage] === NEVER_RUN;
    changes[stage] = isNew ? NEVER_RUN : sortUnique(entries.flatMap(listChanges));
  }
  return changes;
}

function listChanges(entry: string | DvcPaths): readonly string[] {
  if (typeof entry === 'string') return [entry === 'changed command' ? 'command' : 'always'];
  return Object.values(entry).flatMap((paths) =>
    Object.entries(paths).flatMap(([path, change]) =>
      typeof change === 'string'
        ? [path]
        : Object.keys(change).map((key) => `${path}: ${key.split('.')[0]}`),
    ),
  );
}

function sortUnique(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}
