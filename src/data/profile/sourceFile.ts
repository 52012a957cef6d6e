import { pathWithinDataset } from '../../project/classify/datasetFiles';
import { splitMember } from '../../project/classify/memberPath';
import type { Dataset } from '../../project/project';
import { shownFile } from '../baseline/datasetFiles';
import type { SourceFile } from '../engine/engineProtocol';

/** What the engine is told of one file. @param name its path in the project, or where it lies */
export function sourceFile(dataset: Dataset, path: string, name: string): SourceFile {
  const { file, member } = splitMember(dataset.path);
  const shown = name === path ? shownFile({ ...dataset, path: file }, path) : name;
  const within = pathWithinDataset(shown, dataset);
  return { path, shown, within, ...(member === undefined ? {} : { member }) };
}
