import { failed, ok } from '../../base/result';
import { scanJson } from './jsonScanner';
import { describeMetrics, notNamed, type MetricsReader } from './metricsReading';
import { positionFinder } from './textPosition';

/**
 * `{"test": {"auc": 0.9}, "loss": NaN}`: nested keys are joined with dots. Only numbers count: texts, booleans and
 * whatever stands in an array are no metrics. Problem `metrics-invalid` with line and column.
 */
export const jsonMetrics: MetricsReader = {
  extensions: ['.json'],
  readMetrics(file, text) {
    const scan = scanJson(text);
    const findPlace = positionFinder(text);
    if (!scan.ok) {
      const { message, offset } = scan.mistake;
      return failed({
        code: 'metrics-invalid',
        message: `This is not valid JSON: ${message}`,
        file,
        ...findPlace(offset),
      });
    }
    if (!scan.isObject) return failed(notNamed(file));
    const numbers = scan.numbers.map(({ path, value, offset }) => ({
      path,
      value,
      line: findPlace(offset).line,
    }));
    return ok(describeMetrics(file, numbers));
  },
};
