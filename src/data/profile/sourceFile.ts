import { pathWithinDataset } from '../../project/classify/datasetFiles';
import { splitMember } from '../../project/classify/memberPath';
import type { Dataset } from '../../project/project';
import { shownFile } from '../baseline/datasetFiles';
import type { SourceFile } from '../engine/engineProtocol';

/** What the engine is told of files. @param names their paths in the project; default: where they lie */
export function sourceFiles({
  dataset,
  files,
  names = files,
}: {
  readonly dataset: Dataset;
  readonly files: readonly string[];
  readonly names?: readonly string[] | undefined;
}): readonly SourceFile[] {
  return files.map((path, index) => sourceFile(dataset, path, names[index] ?? path));
}

/** @param name its path in the project, or where it lies */
export function sourceFile(dataset: Dataset, path: string, name: string): SourceFile {
  const { file, member } = splitMember(dataset.path);
  const shown = name === path ? shownFile({ ...dataset, path: file }, path) : name;
  const within = pathWithinDataset(shown, dataset);
  return { path, shown, within, ...(member === undefined ? {} : { member }) };
}
