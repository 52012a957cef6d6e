import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import { gravestVerdict } from '../../base/verdict';
import type { Dataset } from '../../project/project';
import { REFERENCE_NOT_HERE } from '../content/contentUnseen';
import type { Finding } from '../finding';
import { sourceFiles } from '../profile/sourceFile';
import { knownPast, reportedReference, type Past } from '../past';
import type { DatasetReport, ValidationReport } from '../report';
import { schemaOfReference } from '../schema/inferSchema';
import {
  contentOf,
  unjudged,
  unread,
  unreadableReference,
  type DatasetInput,
  type Judged,
} from '../validate';
import { judgeFooter } from './footerChecks';
import { profileFooters } from './footerProfile';

/**
 * Judges Parquet datasets by the footers of their files: no value is read and no process is started, whatever their
 * size. What it finds is certain, and the full check finds it too; the verdict is never `pass`, for the values may hold
 * more.
 */
export async function quickCheckDatasets(
  inputs: readonly DatasetInput[],
): Promise<ValidationReport> {
  const datasets: DatasetReport[] = [];
  for (const input of inputs) {
    const started = performance.now();
    const judged = await judgeInput(input);
    const { name, path, role, format } = input.dataset;
    const seconds = (performance.now() - started) / 1000;
    datasets.push({ name, path, role, format, ...judged, seconds });
  }
  return { verdict: gravestVerdict(datasets.map(({ verdict }) => verdict)), datasets };
}

/** Whether a footer tells something of a dataset. */
export function hasFooter({ format }: Pick<Dataset, 'format'>): boolean {
  return format === 'parquet';
}

/** Those that have footers; what is asked for by name and has none is reported with a problem. Problem `no-footer`. */
export function chooseFooters(
  datasets: readonly Dataset[],
  areNamed: boolean,
): Result<readonly Dataset[]> {
  const chosen = areNamed ? datasets : datasets.filter(hasFooter);
  if (chosen.length > 0 || datasets.length === 0) return ok(chosen);
  return failed({
    code: 'no-footer',
    message: 'No dataset is Parquet: a quick check reads the footers that only these files have.',
    fix: 'Validate without a quick check.',
  });
}

async function judgeInput(input: DatasetInput): Promise<Judged> {
  const { dataset, problems = [] } = input;
  if (problems.length > 0) return unjudged(problems);
  if (!hasFooter(dataset)) return unjudged([withoutFooter(dataset)]);
  const current = await profileFooters(sourceFiles(contentOf(input)));
  if (!current.ok) return unread(dataset, current.problem);
  const past = await findPast(input);
  const { findings, scope } = judgeFooter({
    dataset,
    current: current.value,
    schema: input.schema ?? schemaOfReference(past.reference?.profile ?? current.value),
    confirmed: input.schema !== undefined,
    now: new Date(),
    ...(past.reference === undefined ? {} : { reference: past.reference.profile }),
  });
  const all = [...past.findings, ...findings];
  return {
    verdict: all.some(({ severity }) => severity === 'error') ? 'fail' : 'inconclusive',
    ...current.value,
    ...reportedReference(past),
    findings: all,
    problems: [],
    footer: scope,
  };
}

function withoutFooter({ path }: Dataset): Problem {
  return {
    code: 'no-footer',
    message: 'A quick check reads the footer of Parquet files, and this is no Parquet file.',
    file: path,
    fix: 'Validate it without a quick check.',
  };
}

/** The committed baseline, else what the footers of the version before tell. */
async function findPast(input: DatasetInput): Promise<Past> {
  const { dataset, reference } = input;
  const known = knownPast(input);
  if (known !== undefined || reference === undefined) return known ?? { findings: [] };
  const { source, place, files, names } = reference;
  const there = { ...dataset, ...place };
  if (!hasFooter(there)) return { findings: [notCompared(dataset, source)] };
  const profile = await profileFooters(sourceFiles({ dataset: there, files, names }));
  return profile.ok
    ? { reference: { profile: profile.value, source }, findings: [] }
    : { findings: [unreadableReference(dataset, source, profile.problem)] };
}

function notCompared({ name }: Dataset, source: string): Finding {
  return {
    rule: REFERENCE_NOT_HERE,
    severity: 'info',
    dataset: name,
    message: `It is not compared with ${source}, which is not Parquet: a quick check reads only footers.`,
    observed: 'no footer to compare with',
    expected: 'Parquet files',
    samples: [],
  };
}
