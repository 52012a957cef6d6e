import { formatProblem, type Problem } from '../../base/problem';
import { baseName, extensionOf } from '../../project/files/paths';
import type { Project } from '../../project/project';
import type { StatusSources } from '../status/statusSources';
import { DvcFiles } from './dvcPipeline';

/** What makes DVC refuse the whole project: one file that it cannot read, or outputs that are in each other's way. */
export async function findDvcRefusal(
  { problems }: Project,
  sources: StatusSources,
): Promise<string | undefined> {
  const broken = problems.find(isOfDvc) ?? (await sources.once(DvcFiles).firstProblem());
  return broken === undefined ? undefined : `DVC refuses the project: ${formatProblem(broken)}`;
}

function isOfDvc({ code, file = '' }: Problem): boolean {
  if (code.startsWith('dvc-')) return true;
  const isItsFile = baseName(file) === 'dvc.yaml' || extensionOf(file) === '.dvc';
  return isItsFile && code !== 'file-missing';
}
