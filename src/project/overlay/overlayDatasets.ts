import type { Config } from '../../config/config';
import { isFileOfDataset } from '../classify/datasetFiles';
import { formatOfPath, roleOfPath } from '../classify/datasetPath';
import type { DetectedDataset } from '../detector';
import { mergeEvidence } from '../assemble/mergeEvidence';
import type { DatasetRole } from '../project';
import { configPaths, type ConfigPlace } from './configPlace';

type ConfigDataset = NonNullable<Config['datasets']>[string];

/** The datasets, those of preflight.yaml in the place of every detected one that their path covers. */
export function overlayDatasets(
  detected: readonly DetectedDataset[],
  config: Config,
  place: ConfigPlace,
): readonly DetectedDataset[] {
  return Object.entries(config.datasets ?? {}).reduce((datasets, [name, written]) => {
    const covered = datasets.filter((other) => covers(written.path, other));
    const added = describeDataset(name, written, covered, place);
    if (added === undefined) return datasets;
    return [...datasets.filter((other) => !covered.includes(other)), added];
  }, detected);
}

function covers(written: string, { path, format }: DetectedDataset): boolean {
  return isFileOfDataset(path, { path: written, format });
}

function describeDataset(
  name: string,
  { path: written, role, format: declared, results, ...rest }: ConfigDataset,
  covered: readonly DetectedDataset[],
  place: ConfigPlace,
): DetectedDataset | undefined {
  const source = place.at('datasets', name);
  const [path] = configPaths([written], source, place);
  if (path === undefined) return undefined;
  const format = declared ?? formatOfPath(path);
  if (format === undefined) {
    place.problems.push({
      code: 'dataset-format-unknown',
      message: `The name of ${path} does not say what kind of data it is.`,
      fix: 'Write its `format` beside its path.',
      ...source,
    });
    return undefined;
  }
  return {
    ...withoutUndefined(rest),
    name,
    path,
    format,
    ...(results === undefined ? {} : { results: configPaths(results, source, place) }),
    ...(role === undefined ? detectedRole(name, path, covered) : { role }),
    evidence: mergeEvidence([source], ...covered.map((other) => other.evidence)),
  };
}

/** The role that all covered datasets have, else what the names say. */
function detectedRole(
  name: string,
  path: string,
  covered: readonly DetectedDataset[],
): { readonly role?: DatasetRole } {
  const [role, another] = new Set(covered.map((other) => other.role));
  if (role !== undefined && another === undefined) return { role };
  return { ...roleOfPath(path), ...roleOfPath(name) };
}

type Defined<Item> = { [Key in keyof Item]: Exclude<Item[Key], undefined> };

function withoutUndefined<Item extends object>(item: Item): Defined<Item> {
  const known = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Defined<Item>;
}
