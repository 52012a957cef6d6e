import type { LiveFormat } from './liveMetric';
import { SeparatedValues } from './separatedValues';

const FOLDER = /(?:^|\/)plots\/metrics\/(.+)\.tsv$/;

/**
 * DVCLive (dvclive/plots/metric.py): one file per metric below `plots/metrics`, named as the metric; columns `step`, the
 * last part of the metric's name, and `timestamp` where that was asked for.
 */
export const dvcLive: LiveFormat = {
  matches: (path) => FOLDER.test(path),
  open: (path) => {
    const name = FOLDER.exec(path)?.[1] ?? path;
    return new SeparatedValues({
      separator: '\t',
      steps: ['step'],
      ignored: ['timestamp'],
      nameOf: () => name,
    });
  },
};
