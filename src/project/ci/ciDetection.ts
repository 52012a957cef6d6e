import type { CiCommand, DetectedStage, Detection } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { baseName, extensionOf } from '../files/paths';
import { isPythonScriptName } from '../scripts/isPythonScriptName';
import { quoteWithVariables } from '../shell/quoteWord';
import { scriptRuns, type ScriptRun } from '../shell/scriptRuns';
import { kindOfPath } from '../classify/stageKind';
import type { CiFile } from './ciFile';

/** What the CI files of one service tell: what they run, and the stages that nothing else tells of. */
export function ciDetection(
  tool: CiCommand['tool'],
  ciFiles: readonly CiFile[],
  files: FileIndex,
): Detection {
  if (ciFiles.length === 0) return {};
  const ciCommands = ciFiles.flatMap((file) => file.commands);
  return {
    tools: [{ tool, evidence: ciFiles.map(({ path }) => ({ file: path, line: 1 })) }],
    ciCommands,
    stages: ciCommands.flatMap((command) => stagesOf(command, files)),
  };
}

function stagesOf(command: CiCommand, files: FileIndex): readonly DetectedStage[] {
  return scriptRuns(command.command, command.cwd).flatMap((run) => {
    const path = run.paths.find((one) => files.has(one));
    if (path === undefined || !isStageScript(path)) return [];
    const kind = kindOfPath(path);
    if (kind === undefined) return [];
    return [describeStage(path, kind, run, command)];
  });
}

/** Scripts that CI runs to look after the repository are no steps of its pipeline. */
const HOUSEKEEPING =
  /(?:^|[^a-z])(?:docs?|lint|format|version|changelog|setup|install|licen[sc]e|bump|coverage|tests?|wheel|conda|docker|deps|dependencies|requirements|links?|style|health\w*)(?:[^a-z]|$)/;

function isStageScript(path: string): boolean {
  if (extensionOf(path) === '.py' && !isPythonScriptName(path)) return false;
  return !path.startsWith('.') && !HOUSEKEEPING.test(baseName(path).toLowerCase());
}

function describeStage(
  path: string,
  kind: DetectedStage['kind'],
  run: ScriptRun,
  { tool, evidence }: CiCommand,
): DetectedStage {
  const source = { file: evidence.file, line: evidence.line + run.line };
  return {
    id: path,
    name: baseName(path).replace(/\.\w+$/, ''),
    tool,
    kind,
    command: quoteWithVariables([...run.program, ...run.arguments]),
    cwd: run.cwd,
    dependencies: [path],
    outputs: [],
    parameters: [],
    metrics: [],
    source,
    evidence: [source],
  };
}
