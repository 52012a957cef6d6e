import type { Problem } from '../../base/problem';
import type { ParsedConfig } from '../../config/parseConfig';
import { mergeEvidence } from '../assemble/mergeEvidence';
import type { MergedDetection } from '../assemble/mergeDetections';
import type { MetricsFile } from '../project';
import type { ConfigPlace } from './configPlace';
import { overlayDatasets } from './overlayDatasets';
import { overlayModels } from './overlayModels';
import { overlayStages } from './overlayStages';

/**
 * Lays preflight.yaml over what was detected: what it names wins, what it leaves out stays as it was detected.
 * Problems `dataset-format-unknown`, `path-outside-project` and `model-path-missing`, with their line.
 */
export function overlayConfig(
  detected: MergedDetection,
  parsed: ParsedConfig,
  file: string,
): MergedDetection {
  const problems: Problem[] = [];
  const place: ConfigPlace = {
    problems,
    at: (...path) => ({ file, line: parsed.lineOf(path) }),
  };
  return {
    ...detected,
    tools: [{ tool: 'preflight', evidence: [{ file, line: 1 }] }, ...detected.tools],
    stages: overlayStages(detected.stages, parsed.config, place),
    datasets: overlayDatasets(detected.datasets, parsed.config, place),
    models: overlayModels(detected.models, parsed.config, place),
    metrics: overlayMetrics(detected.metrics, parsed, place),
    problems: [...detected.problems, ...problems],
  };
}

/** The metrics files, and those that stages and models of preflight.yaml name. */
function overlayMetrics(
  detected: readonly MetricsFile[],
  { config }: ParsedConfig,
  place: ConfigPlace,
): readonly MetricsFile[] {
  const files = new Map(detected.map((metrics) => [metrics.path, metrics]));
  for (const section of ['stages', 'models'] as const) {
    for (const [name, { metrics = [] }] of Object.entries(config[section] ?? {})) {
      const evidence = [place.at(section, name)];
      for (const path of metrics) {
        const known = files.get(path)?.evidence ?? [];
        files.set(path, { path, evidence: mergeEvidence(evidence, known) });
      }
    }
  }
  return [...files.values()];
}
