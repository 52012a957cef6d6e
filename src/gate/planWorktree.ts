import { ok, type Result } from '../base/result';
import { CONFIG_FILE } from '../config/parseConfig';
import { detectProject } from '../project/detectProject';
import { filesWithin } from '../project/files/filesWithin';
import { findProjectRoots } from '../project/findProjectRoots';
import { openWorktreeFiles } from '../project/files/worktreeFiles';
import type { ProjectPlan } from './checkProject';
import { readProjectConfig } from './projectConfig';

/** Everything in a folder has to be judged, as it is now. Problem `folder-missing`. */
export async function planWorktree(
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Result<readonly ProjectPlan[]>> {
  const options = signal === undefined ? {} : { signal };
  const files = await openWorktreeFiles(folder, options);
  if (!files.ok) return files;
  const roots = await findProjectRoots(files.value);
  const plans: ProjectPlan[] = [];
  for (const root of roots) {
    const within = filesWithin(files.value, root, roots);
    const [project, config] = await Promise.all([
      detectProject(within, options),
      readProjectConfig(within),
    ]);
    const found = project.problems.filter(({ file }) => config.ok || file !== CONFIG_FILE);
    const isUnsupported = ({ code }: { readonly code: string }) => code.endsWith('-unsupported');
    plans.push({
      project,
      prefix: root === '.' ? '' : root,
      config: config.ok ? config.value : {},
      source: 'worktree',
      datasets: project.datasets,
      metrics: new Set([
        ...project.metrics.map(({ path }) => path),
        ...project.models.flatMap(({ metrics }) => metrics),
      ]),
      problems: [
        ...(config.ok ? [] : config.problem),
        ...found.filter((one) => !isUnsupported(one)),
      ],
      doubts: found.filter(isUnsupported),
    });
  }
  return ok(plans);
}
