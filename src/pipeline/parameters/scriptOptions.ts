import { FileIndex } from '../../project/files/fileIndex';
import { analyzeScript } from '../../project/python/analyzeScript';
import type { ProgramOption } from '../../project/python/argumentParser';
import { ModuleStore } from '../../project/python/moduleStore';
import { scriptRuns } from '../../project/shell/scriptRuns';
import { splitCommands } from '../../project/shell/simpleCommands';
import type { Stage } from '../../project/project';
import { openWorktreeFiles } from '../../project/files/worktreeFiles';

/**
 * The options of the one Python script that a shell runs for a stage, as its argparse declares them; none for commands
 * that do more, because words at their end would not be the script's. The script is read, never run.
 */
export async function readScriptOptions(
  stage: Stage,
  root: string,
): Promise<readonly ProgramOption[]> {
  if (/[#\\\n]/.test(stage.command) || splitCommands(stage.command).length !== 1) return [];
  const opened = await openWorktreeFiles(root, {});
  if (!opened.ok) return [];
  const files = new FileIndex(opened.value);
  const [run] = scriptRuns(stage.command, stage.cwd, () => true);
  const script = run?.paths.find((path) => path.endsWith('.py') && files.has(path));
  if (run === undefined || script === undefined) return [];
  const store = new ModuleStore(files);
  const module = await store.load(script);
  if (module === undefined) return [];
  const analysis = await analyzeScript(module, files, store, {
    argumentWords: run.arguments,
    locate: () => undefined,
  });
  return analysis.options.filter((option) => option.flags.length > 0);
}

/** The words that give a value to an option; none where a switch is not switched on. */
export function optionWords(option: ProgramOption, text: string): readonly string[] {
  const flag = option.flags.find((one) => one.startsWith('--')) ?? option.flags[0] ?? '';
  if (option.isSwitch) return /^(?:true|1|yes)$/i.test(text) ? [flag] : [];
  // In one word, so that a value may begin with a dash.
  return flag.startsWith('--') ? [`${flag}=${text}`] : [flag, text];
}
