import type { Problem } from '../base/problem';
import { baselinePath } from './baseline/datasetFiles';
import type { Finding } from './finding';
import type { Profile } from './profile/profile';
import type { DatasetReport } from './report';
import type { DatasetInput } from './validate';

/** What a dataset is compared with, and what is said of it where it cannot be. */
export interface Past {
  readonly reference?: { readonly profile: Profile; readonly source: string };
  readonly findings: readonly Finding[];
  /** Why nothing can be judged at all: cancelled, the engine was lost, … */
  readonly problem?: Problem;
}

/** The past that is known without reading data: the committed baseline, or none; undefined where a version has to be read. */
export function knownPast({ dataset, baseline, reference }: DatasetInput): Past | undefined {
  if (baseline !== undefined) {
    const source = baselinePath(dataset.baseline ?? dataset.name);
    return { reference: { profile: baseline.profile, source }, findings: [] };
  }
  return reference === undefined || reference.files.length === 0 ? { findings: [] } : undefined;
}

/** What a report says of the past. */
export function reportedReference({ reference }: Past): Pick<DatasetReport, 'reference'> {
  if (reference === undefined) return {};
  const { profile, source } = reference;
  return { reference: { rows: profile.rows, columns: profile.columns, source } };
}
