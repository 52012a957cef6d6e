import type { Problem } from '../../base/problem';
import type { Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { Catalog } from '../kedro/catalog';
import { classifyDataset } from '../kedro/classifyDataset';
import { confPlaces, readConfiguration, type Configuration } from '../kedro/confFiles';
import type { ConfValues } from '../kedro/interpolate';
import { KedroParameters } from '../kedro/kedroParameters';
import { outputNames, freeInputs } from '../kedro/kedroPipeline';
import { findKedroProjects, type KedroProject } from '../kedro/kedroProject';
import { kedroStages } from '../kedro/kedroStages';
import { readRegistry } from '../kedro/readRegistry';
import { newestVersion } from '../kedro/versionedPath';
import { mergeEvidence } from '../assemble/mergeEvidence';

/** Kedro: the pipelines that `kedro registry list` lists, with what the catalog and the parameters say of them. */
export const kedroDetector: Detector = {
  name: 'kedro',
  async detect({ files, signal }) {
    const problems: Problem[] = [];
    const projects = await findKedroProjects(files, problems);
    if (projects.length === 0) return { problems };
    const found: Detection[] = [];
    for (const project of projects) {
      signal?.throwIfAborted();
      found.push(await detectProject(project, files, problems));
    }
    return {
      tools: [
        {
          tool: 'kedro',
          evidence: mergeEvidence(
            ...found.flatMap((one) => one.tools ?? []).map((one) => one.evidence),
          ),
        },
      ],
      stages: found.flatMap((one) => one.stages ?? []),
      datasets: found.flatMap((one) => one.datasets ?? []),
      models: found.flatMap((one) => one.models ?? []),
      metrics: found.flatMap((one) => one.metrics ?? []),
      problems,
    };
  },
};

async function detectProject(
  project: KedroProject,
  files: FileIndex,
  problems: Problem[],
): Promise<Detection> {
  const registry = await readRegistry(project, files);
  problems.push(...registry.problems);
  const places = confPlaces(project, registry.settings);
  const read = async (kind: Parameters<typeof readConfiguration>[0]): Promise<Configuration> =>
    places === undefined ? { base: [], run: [] } : readConfiguration(kind, places, files, problems);
  const [configuration, values, globals] = [
    await read('catalog'),
    await read('parameters'),
    await read('globals'),
  ];
  const catalog = new Catalog(configuration, project.folder, merged(globals), problems);
  const parameters = new KedroParameters(values, globals);
  const stages = kedroStages({ project, registry, catalog, parameters });
  const used = [...registry.pipelines.values()].flatMap((pipeline) => [
    ...freeInputs(pipeline),
    ...outputNames(pipeline),
  ]);
  const classified = [...new Set([...catalog.names, ...used])].flatMap((name) => {
    const dataset = catalog.find(name);
    return dataset === undefined
      ? []
      : [classifyDataset(dataset, (path) => newestVersion(path, files), name)];
  });
  // The whole pipeline is no stage where others make it up, but it is what `kedro run` runs.
  const whole = registry.pipelines.get('__default__')?.entry;
  return {
    tools: [
      { tool: 'kedro', evidence: [project.evidence, ...(whole === undefined ? [] : [whole])] },
    ],
    stages,
    datasets: classified.flatMap((one) => one.dataset ?? []),
    models: classified.flatMap((one) => one.model ?? []),
    metrics: classified.flatMap((one) => one.metrics ?? []),
  };
}

function merged({ base, run }: Configuration): ConfValues {
  const values = [...base, ...run].map(({ root }) => (root.isMap ? root.toValue() : undefined));
  return Object.assign({}, ...values) as ConfValues;
}
