import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { showControls } from '../../base/escape';
import { engineBeside } from '../../data/engine/engineCommand';
import { inspectEngine } from '../../data/engine/engineInstallation';
import { reportToMarkdown } from '../../pipeline/doctor/doctorMarkdown';
import type { DoctorLine, DoctorReport, DoctorState } from '../../pipeline/doctor/doctorReport';
import { examine } from '../../pipeline/doctor/examine';
import { detectProjects } from '../../project/detectProjects';
import type { Command } from '../command';
import type { Colour, Terminal } from '../terminal';

/** Exit code 1 where something that is needed is missing. The JSON is a `DoctorReport`. */
export const doctor: Command = {
  options: { formats: ['text', 'json', 'markdown'], maxPositionals: 0 },
  async run({ arguments: { project, format }, terminal, signal }) {
    const folder = resolve(project);
    terminal.progress('looking at the project');
    const detected = await detectProjects(folder, { signal });
    if (!detected.ok) {
      terminal.problem(detected.problem);
      return 2;
    }
    const report = await examine({
      folder,
      projects: detected.value,
      envOf: () => Promise.resolve(process.env),
      engine: inspectEngine(engineBeside(__dirname)),
      host: [],
      mayRunGit: true,
      now: Date.now(),
    });
    if (format === 'json') terminal.json(report);
    else if (format === 'markdown') terminal.write(reportToMarkdown(report, homedir()));
    else writeReport(report, terminal);
    return report.canWork ? 0 : 1;
  },
};

const COLOURS: Readonly<Record<DoctorState, Colour>> = {
  ok: 'green',
  information: 'dim',
  warning: 'yellow',
  problem: 'red',
};

const WORDS: Readonly<Record<DoctorState, string>> = {
  ok: 'ok',
  information: 'info',
  warning: 'warning',
  problem: 'problem',
};

function writeReport(report: DoctorReport, terminal: Terminal): void {
  terminal.write(terminal.paint(COLOURS[report.state], showControls(report.headline)));
  for (const { title, lines } of report.groups) {
    terminal.write(`\n${terminal.paint('bold', showControls(title))}`);
    const width = Math.max(...lines.map(({ name }) => showControls(name).length));
    for (const line of lines) writeLine(line, width, terminal);
  }
}

function writeLine(line: DoctorLine, width: number, terminal: Terminal): void {
  const { name, state, value, notes = [], fix } = line;
  const word = terminal.paint(COLOURS[state], WORDS[state].padEnd('problem'.length));
  terminal.write(`  ${word}  ${showControls(name).padEnd(width)}  ${showControls(value)}`);
  const indent = ' '.repeat('  problem  '.length + width + 2);
  for (const note of notes) terminal.write(terminal.paint('dim', `${indent}${showControls(note)}`));
  if (fix !== undefined) terminal.write(`${indent}${showControls(fix)}`);
}
