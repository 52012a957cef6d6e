import type { Evidence } from '../../base/evidence';
import type { Problem } from '../../base/problem';
import type { Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { describeDecorated } from '../frameworks/decoratedFlows';
import { joinDetections } from '../frameworks/joinDetections';
import { folderOf, resolvePath } from '../files/paths';
import { parseYaml } from '../yamlNode';

/** Prefect: functions that are flows, run by the script that calls them, else by a deployment of `prefect.yaml`. */
export const prefectDetector: Detector = {
  name: 'prefect',
  async detect({ files, signal }) {
    const problems: Problem[] = [];
    const deployments = await readDeployments(files, problems);
    const found = await describeDecorated(
      {
        tool: 'prefect',
        flow: /^prefect(?:\.flows)?\.flow$/,
        step: /^prefect(?:\.tasks)?\.task$/,
        notCalled: ({ module, scope }, servedBy) => {
          const own = deployments.find(
            (one) => one.path === module.path && one.flow === scope.name,
          );
          if (own !== undefined) return `a worker of Prefect runs it as the deployment ${own.name}`;
          return servedBy === undefined
            ? `no script of the project calls ${scope.name}`
            : `Prefect runs it, to which ${servedBy.path} gives it`;
        },
      },
      files,
      signal,
    );
    const placed = found.map((one) => ({
      ...one,
      stages: (one.stages ?? []).map((stage) => {
        const own = deployments.filter((deployment) => deployment.path === stage.source.file);
        return {
          ...stage,
          evidence: [...stage.evidence, ...own.map((deployment) => deployment.place)],
        };
      }),
    }));
    const markers = deployments.map((one) => one.place);
    return { ...joinDetections('prefect', placed, markers), problems };
  },
};

interface Deployment {
  readonly name: string;
  /** The file and the function of its `entrypoint`. */
  readonly path: string;
  readonly flow: string;
  readonly place: Evidence;
}

async function readDeployments(
  files: FileIndex,
  problems: Problem[],
): Promise<readonly Deployment[]> {
  const deployments: Deployment[] = [];
  for (const file of files.named('prefect.yaml')) {
    const text = await files.readText(file);
    if (!text.ok) continue;
    const parsed = parseYaml(text.value, file);
    problems.push(...parsed.problems);
    for (const item of parsed.root.get('deployments')?.items() ?? []) {
      const [, script, flow] = /^(.+?):(\w+)$/.exec(item.get('entrypoint')?.text ?? '') ?? [];
      const path = script === undefined ? undefined : resolvePath(folderOf(file), script);
      if (path === undefined || flow === undefined) continue;
      const name = item.get('name')?.text ?? flow;
      deployments.push({ name, path, flow, place: { file, line: item.line } });
    }
  }
  return deployments;
}
