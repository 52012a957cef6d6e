import { extname } from 'node:path';
import { failed, type Result } from '../../base/result';
import { jsonMetrics } from './jsonMetrics';
import type { MetricsReader, MetricsReading } from './metricsReading';
import { yamlMetrics } from './yamlMetrics';

/** Every format of metrics that is known. A new one is a file beside these and a line here. */
const READERS: readonly MetricsReader[] = [jsonMetrics, yamlMetrics];

/** Anything larger holds predictions or logs, not metrics. */
export const MAX_METRICS_BYTES = 5 * 1024 * 1024;

/**
 * The metrics of a file, by its extension. Problems `metrics-format-unknown`, `metrics-too-large`,
 * `metrics-invalid` (with line and column).
 */
export function readMetrics(file: string, content: Uint8Array): Result<MetricsReading> {
  const extension = extname(file).toLowerCase();
  const reader = READERS.find(({ extensions }) => extensions.includes(extension));
  if (reader === undefined) {
    const known = READERS.flatMap(({ extensions }) => extensions).join(', ');
    return failed({
      code: 'metrics-format-unknown',
      message: `Metrics are read from ${known}, not from "${extension}".`,
      file,
    });
  }
  if (content.byteLength > MAX_METRICS_BYTES)
    return failed(metricsTooLarge(file, content.byteLength));
  return reader.readMetrics(file, decode(content));
}

export function metricsTooLarge(file: string, bytes: number) {
  return {
    code: 'metrics-too-large',
    message: `This file has ${bytes} bytes; a metrics file of more than ${MAX_METRICS_BYTES} is not read.`,
    file,
    fix: 'Name a file that holds only the metrics.',
  };
}

/** UTF-8, or the UTF-16 that PowerShell's `>` writes; without the byte order mark. */
function decode(content: Uint8Array): string {
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(content);
}
