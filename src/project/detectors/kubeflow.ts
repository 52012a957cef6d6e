import type { DetectedStage, Detection, Detector } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { isKubeflowWorkflow, tasksOfWorkflow } from '../frameworks/argoWorkflow';
import { indentQuoted } from '../frameworks/indentQuoted';
import { joinDetections } from '../frameworks/joinDetections';
import { tasksOfIr } from '../frameworks/kubeflowIr';
import { mapConcurrent } from '../../base/mapConcurrent';
import { isProjectData } from '../classify/projectData';
import { parseYaml, type YamlFile, type YamlNode } from '../yamlNode';

/** Of more YAML files than this only those are looked into whose name says something. */
const MOST_FILES = 1000;
/** Where pipelines lie that were compiled to test something else. */
const TESTS = /(?:^|\/)(?:tests?|testing|test_?data|golden|mock[\w-]*)\//i;
const NAME = /pipeline|kfp|kubeflow|vertex|workflow|compiled|argo|job_?spec/i;

/** Kubeflow Pipelines: the tasks of every compiled pipeline. They run on a cluster. */
export const kubeflowDetector: Detector = {
  name: 'kubeflow',
  async detect({ files, signal }) {
    const isOwn = (path: string): boolean => isProjectData(path) && !TESTS.test(path);
    const yaml = files.withExtension('.yaml', '.yml').filter(isOwn);
    const candidates = [
      ...(yaml.length > MOST_FILES ? yaml.filter((path) => NAME.test(path)) : yaml),
      ...files.withExtension('.json').filter((path) => NAME.test(path) && isOwn(path)),
    ];
    const found = await mapConcurrent(candidates, 16, (file) => {
      signal?.throwIfAborted();
      return readPipeline(file, files);
    });
    return joinDetections('kubeflow', found);
  },
};

async function readPipeline(file: string, files: FileIndex): Promise<Detection> {
  const text = await files.readText(file);
  if (!text.ok) return {};
  const isIr = /\bpipelineInfo\b/.test(text.value) && /\bdeploymentSpec\b/.test(text.value);
  const isWorkflow =
    text.value.includes('argoproj.io') && text.value.includes('pipelines.kubeflow.org/');
  if (!isIr && !isWorkflow) return {};
  const { root, problems } = parseCompiled(firstDocument(text.value), file);
  return { stages: tasksIn(root, file, isIr), problems };
}

function parseCompiled(text: string, file: string): YamlFile {
  const parsed = parseYaml(text, file);
  if (parsed.problems.length === 0) return parsed;
  const again = parseYaml(indentQuoted(text), file);
  return again.problems.length === 0 ? again : parsed;
}

function tasksIn(root: YamlNode, file: string, isIr: boolean): readonly DetectedStage[] {
  if (isIr) return tasksOfIr(root, file);
  return isKubeflowWorkflow(root) ? tasksOfWorkflow(root, file) : [];
}

/** What comes after the pipeline is what a platform wants to know. Lines stay where they are. */
function firstDocument(text: string): string {
  const end = /\n---[ \t]*(?:\n|$)/.exec(text);
  const isBegun =
    end !== null && /^(?:\s*(?:#[^\n]*)?\n)*\s*(?:#[^\n]*)?$/.test(text.slice(0, end.index));
  return end === null || isBegun ? text : text.slice(0, end.index + 1);
}
