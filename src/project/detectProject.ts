import type { Problem } from '../base/problem';
import { CONFIG_FILE, parseConfig } from '../config/parseConfig';
import { assembleProject } from './assemble/assembleProject';
import type { DetectionCache } from './detectionCache';
import type { Detector } from './detector';
import { firstDetectors, lastDetectors } from './detectorList';
import { FileIndex } from './files/fileIndex';
import { mergeDetections, type MergedDetection } from './assemble/mergeDetections';
import { overlayConfig } from './overlay/overlayConfig';
import type { Project } from './project';
import type { ProjectFiles } from './files/projectFiles';

export interface DetectOptions {
  readonly signal?: AbortSignal;
  /** Leaves out the detectors of `codeDetectors.ts`: a first answer, for something to be seen at once. */
  readonly declaredOnly?: boolean;
  /** Of a host that detects again and again; its owner ends each detection. */
  readonly cache?: DetectionCache;
}

/**
 * Finds out what a project consists of, by reading its files and nothing else. Whatever is wrong with a file becomes a
 * problem with its place; the rest is still detected. Throws the signal's reason when aborted, and nothing else.
 */
export async function detectProject(
  files: ProjectFiles,
  options: DetectOptions = {},
): Promise<Project> {
  const input = { ...options, files: new FileIndex(files, options.cache) };
  const detections = [];
  for (const detector of await detectorsFor(options)) {
    options.signal?.throwIfAborted();
    detections.push(await detector.detect(input));
  }
  const merged = await addConfig(mergeDetections(detections), input.files);
  return assembleProject(files.root, merged);
}

/** In the order of their weight. */
async function detectorsFor({ declaredOnly }: DetectOptions): Promise<readonly Detector[]> {
  if (declaredOnly === true) return [...firstDetectors, ...lastDetectors];
  const { pipelineDetectors, scriptDetectors } = await import('./codeDetectors');
  return [...firstDetectors, ...pipelineDetectors, ...scriptDetectors, ...lastDetectors];
}

async function addConfig(merged: MergedDetection, files: FileIndex): Promise<MergedDetection> {
  if (!files.has(CONFIG_FILE)) return merged;
  const text = await files.readText(CONFIG_FILE);
  if (!text.ok) return withProblems(merged, [text.problem]);
  const parsed = parseConfig(text.value, CONFIG_FILE);
  if (!parsed.ok) return withProblems(merged, parsed.problem);
  return overlayConfig(merged, parsed.value, CONFIG_FILE);
}

function withProblems(merged: MergedDetection, problems: readonly Problem[]): MergedDetection {
  return { ...merged, problems: [...merged.problems, ...problems] };
}
