import type { Evidence } from '../../base/evidence';
import { classifyPath } from '../classify/classifyPath';
import type { DetectedDataset, DetectedModel } from '../detector';
import { matchesGlob } from '../files/globMatch';
import { isWrittenMetricsPath } from '../classify/metricsPath';
import { isModelPath, versionGlob } from '../classify/modelPath';
import { baseName, extensionOf } from '../files/paths';
import type { MetricsFile } from '../project';
import type { ScriptAnalysis } from '../python/analyzeScript';
import type { Access } from '../python/findAccesses';
import type { TextValue } from '../python/values';

/** What a script's reads and writes come to. Paths are relative to the project's root. */
export interface ScriptFiles {
  readonly dependencies: readonly string[];
  readonly outputs: readonly string[];
  readonly parameters: readonly string[];
  readonly metrics: readonly MetricsFile[];
  readonly datasets: readonly DetectedDataset[];
  readonly models: readonly DetectedModel[];
  /** Where the script does what makes it a step, in order. */
  readonly evidence: readonly Evidence[];
}

type Locate = (path: TextValue) => string | undefined;

interface LocatedAccess {
  readonly path: string;
  readonly access: Access;
  readonly writes: boolean;
}

export function scriptFiles(
  analysis: ScriptAnalysis,
  locate: Locate,
  exists: (path: string) => boolean,
): ScriptFiles {
  const sources = [analysis.module.path, ...analysis.imported];
  const located = analysis.accesses
    .flatMap((access) => locateAccess(access, analysis, locate))
    .map((one) => copiedInto(one, exists))
    // A script does not write the folder that it stands in, whatever an unknown name in it made of the path.
    .filter((one) => !one.writes || !sources.some((source) => source.startsWith(`${one.path}/`)));
  const outputs = unique(located.filter((one) => one.writes));
  const isOutput = (path: string): boolean => outputs.some((output) => matchesGlob(path, output));
  // A name without an extension that is no folder is mostly half of a path.
  const isRead = (path: string): boolean => extensionOf(path) !== '' || exists(path);
  const read = located.filter((one) => !one.writes && !isOutput(one.path) && isRead(one.path));
  const parameters = unique(read.filter((one) => isParameterFile(one.path)));
  const dependencies = unique(read).filter((path) => !parameters.includes(path));
  const metrics = located.filter((one) => one.writes && isWrittenMetricsPath(one.path));
  return {
    dependencies,
    outputs,
    parameters,
    metrics: metrics.map(({ path, access }) => ({ path, evidence: [placeOf(access)] })),
    datasets: located.flatMap((one) => classifyPath(one.path, placeOf(one.access)).dataset ?? []),
    models: located.flatMap((one) => modelOf(one, locate) ?? []),
    evidence: located.map((one) => placeOf(one.access)),
  };
}

function locateAccess(
  access: Access,
  analysis: ScriptAnalysis,
  locate: Locate,
): readonly LocatedAccess[] {
  if (access.access !== 'database') {
    const path = locate(access.path);
    return path === undefined ? [] : [{ path, access, writes: access.access === 'write' }];
  }
  const file = access.path.text.replace(/^(?:sqlite|duckdb):\/\/\//, '');
  const path = /^:memory:|:\/\/|^$/.test(file) ? undefined : locate({ ...access.path, text: file });
  return path === undefined ? [] : [{ path, access, writes: writesDatabase(analysis) }];
}

/** `shutil.copy(file, folder)` writes the file of that name in the folder. */
function copiedInto(one: LocatedAccess, exists: (path: string) => boolean): LocatedAccess {
  const [original] = one.access.copyOf ?? [];
  if (original === undefined || extensionOf(one.path) !== '' || !exists(one.path)) return one;
  return { ...one, path: `${one.path}/${baseName(original.text)}` };
}

/** A script that changes tables fills its database; one that only asks reads it. */
function writesDatabase({ called, statements }: ScriptAnalysis): boolean {
  if (called.has('to_sql') || called.has('executemany')) return true;
  return statements.some((statement) => !/^\s*(?:select|with)\s/i.test(statement));
}

/** Files that people write to steer a script, and not what another script made. */
function isParameterFile(path: string): boolean {
  const extension = extensionOf(path);
  if (['.toml', '.ini', '.cfg'].includes(extension)) return true;
  if (['.yaml', '.yml'].includes(extension)) return !isWrittenMetricsPath(path);
  return (
    extension === '.json' && /config|param|setting|hyper|options/.test(baseName(path).toLowerCase())
  );
}

const NO_MODEL_NAME =
  /scaler|encoder|vectori|preproc|tokeni|label|columns|features?$|(?:^|_)(?:dv|le|ohe|tfidf)$/i;
const MODEL_NAME =
  /model|clf|classifier|regress|estimator|pipe|net$|forest|xgb|lgb|svm|knn|best|learner/i;
const MODEL_DUMP = /^(?:model|booster)[^/]*\.(?:json|txt|bin)$/;

function modelOf(
  { path, access, writes }: LocatedAccess,
  locate: Locate,
): DetectedModel | undefined {
  const subject = access.subject ?? '';
  const isNamed = MODEL_NAME.test(subject);
  const isDumped = MODEL_DUMP.test(baseName(path)) || isModelPath(`model${extensionOf(path)}`);
  const isModel = isModelPath(path) || (isNamed && isDumped && !/\*[^/]*\*/.test(path));
  if (!isModel || (writes && NO_MODEL_NAME.test(subject) && !isNamed)) return undefined;
  const glob = versionGlob(path);
  const copiedFrom = (access.copyOf ?? []).flatMap((original) => {
    const from = locate(original);
    return from === undefined || !isModelPath(from) || from === glob ? [] : [from];
  });
  return {
    path: glob,
    evidence: [placeOf(access)],
    ...(copiedFrom.length === 0 ? {} : { copiedFrom }),
  };
}

function placeOf({ file, line }: Access): Evidence {
  return { file, line };
}

function unique(located: readonly LocatedAccess[]): readonly string[] {
  return [...new Set(located.map((one) => one.path))];
}
