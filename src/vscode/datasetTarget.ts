/**
 * A dataset of one project of the window, as the Data Report and the Problems panel name it to commands: its name alone
 * may be that of another project's too. Plain data, for it goes through the editor.
 */
export interface DatasetTarget {
  readonly kind: 'datasetOfProject';
  /** The project's root, absolute. */
  readonly root: string;
  /** Empty where the whole project is meant. */
  readonly dataset: string;
}

export function datasetTarget(root: string, dataset: string): DatasetTarget {
  return { kind: 'datasetOfProject', root, dataset };
}

export function isDatasetTarget(target: unknown): target is DatasetTarget {
  return (
    typeof target === 'object' &&
    target !== null &&
    'kind' in target &&
    target.kind === 'datasetOfProject'
  );
}
