import type { Detector } from '../detector';
import { readPipelines } from '../dvc/readPipelines';
import { readTracked } from '../dvc/readTracked';
import { mapConcurrent } from '../../base/mapConcurrent';
import { baseName } from '../files/paths';

/** DVC: the stages, metrics and artifacts of every dvc.yaml, and what `.dvc` files track. */
export const dvcDetector: Detector = {
  name: 'dvc',
  async detect({ files }) {
    const pipelines = files.named('dvc.yaml');
    const tracked = files.withExtension('.dvc').filter((path) => baseName(path) !== '.dvc');
    const configs = files.named('config').filter((path) => /(?:^|\/)\.dvc\/config$/.test(path));
    const markers = [...configs, ...pipelines, ...tracked].slice(0, 20);
    if (markers.length === 0) return {};
    const outputs = await mapConcurrent(tracked, 16, (path) => readTracked(files, path));
    const all = [...(await readPipelines(files)), ...outputs];
    return {
      tools: [{ tool: 'dvc', evidence: markers.map((file) => ({ file, line: 1 })) }],
      stages: all.flatMap((part) => part.stages ?? []),
      datasets: all.flatMap((part) => part.datasets ?? []),
      models: all.flatMap((part) => part.models ?? []),
      metrics: all.flatMap((part) => part.metrics ?? []),
      problems: all.flatMap((part) => part.problems ?? []),
    };
  },
};
