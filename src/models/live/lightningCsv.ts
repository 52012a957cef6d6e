import type { LiveFormat } from './liveMetric';
import { SeparatedValues } from './separatedValues';

/**
 * Lightning's CSVLogger (lightning/fabric/loggers/csv_logs.py): `lightning_logs/version_N/metrics.csv`, in which each row has
 * the metrics of one moment and leaves the others empty.
 */
export const lightningCsv: LiveFormat = {
  matches: (path) => /(?:^|\/)version_\d+\/metrics\.csv$/.test(path),
  open: () =>
    new SeparatedValues({
      separator: ',',
      steps: ['step', 'epoch'],
      ignored: [],
      nameOf: (column) => column,
    }),
};
