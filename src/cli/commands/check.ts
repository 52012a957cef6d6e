import { resolve } from 'node:path';
import { engineBeside } from '../../data/engine/engineCommand';
import type { CheckReport } from '../../gate/checkReport';
import { recallCheck } from '../../gate/checkCache';
import type { Arguments } from '../arguments';
import type { Command, ExitCode } from '../command';
import type { Terminal } from '../terminal';

export const check: Command = {
  options: {
    flags: ['staged', 'hook'],
    formats: ['text', 'json', 'markdown', 'junit', 'sarif'],
    maxPositionals: 0,
  },
  async run({ arguments: typed, terminal, signal }) {
    const folder = resolve(typed.project);
    const staged = typed.flags.has('staged');
    const hook = typed.flags.has('hook');
    const recalled = staged ? await recallCheck(folder, { hook }) : undefined;
    const report = recalled ?? (await judge(folder, staged, typed, terminal, signal));
    if (report === undefined) return 2;
    terminal.write(await formatReport(report, typed, terminal));
    return exitCode(report);
  },
};

async function judge(
  folder: string,
  staged: boolean,
  typed: Arguments,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<CheckReport | undefined> {
  const { runCheck } = await import('../../gate/runCheck');
  const checked = await runCheck({
    folder,
    scope: staged ? 'staged' : 'worktree',
    hook: typed.flags.has('hook'),
    engine: engineBeside(__dirname),
    signal,
    onProgress: (progress) => terminal.progress(progress.what),
  });
  if (checked.ok) return checked.value;
  terminal.problem(checked.problem);
  return undefined;
}

async function formatReport(
  report: CheckReport,
  { format }: Arguments,
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('../../gate/report/text')).formatText(report, {
        colour: terminal.colour,
      });
    case 'json':
      return (await import('../../gate/report/json')).formatJson(report);
    case 'markdown':
      return (await import('../../gate/report/markdown')).formatMarkdown(report);
    case 'junit':
      return (await import('../../gate/report/junit')).formatJunit(report);
    case 'sarif':
      return (await import('../../gate/report/sarif')).formatSarif(report);
  }
}

function exitCode(report: CheckReport): ExitCode {
  if (report.unjudged && report.verdict !== 'fail') return 2;
  return report.blocks ? 1 : 0;
}
