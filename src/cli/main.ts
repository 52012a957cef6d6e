import { showControls } from '../base/escape';
import type { Problem } from '../base/problem';
import { nearestWord } from '../base/nearest';
import { VERSION } from '../base/version';
import { parseArguments } from './arguments';
import type { ExitCode } from './command';
import { COMMANDS, formatHelp } from './commandTable';
import { Interrupts } from './interrupts';
import { watchOutput } from './outputStreams';
import { openTerminal } from './terminal';

async function main(words: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal(process.stdout, process.stderr, process.env);
  const [name = '--help', ...rest] = words;
  if (['--help', '-h', 'help'].includes(name) || rest.includes('--help')) {
    terminal.write(formatHelp(VERSION));
    return 0;
  }
  if (name === '--version') {
    terminal.write(VERSION);
    return 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    terminal.problem(unknownCommand(name));
    return 2;
  }
  const command = await entry.load();
  const parsed = parseArguments(rest, command.options);
  if (!parsed.ok) {
    terminal.problem(parsed.problem);
    return 2;
  }
  const interrupts = new Interrupts();
  interrupts.listen();
  const { signal } = interrupts;
  return command.run({ arguments: parsed.value, terminal, signal, interrupts });
}

function unknownCommand(name: string): Problem {
  const known = nearestWord(name, Object.keys(COMMANDS));
  const fix =
    known === undefined ? 'Run `ml-preflight --help` for the list.' : `Did you mean "${known}"?`;
  return { code: 'usage', message: `There is no command "${name}".`, fix };
}

async function runAndExit(): Promise<void> {
  watchOutput(process);
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    // Not a verdict: whatever it was, the gate has not judged.
    process.stderr.write(`ml-preflight: ${describeError(error)}\n`);
    process.exitCode = 2;
  }
}

/** What the file system refuses is no bug: it names its file. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `internal error: ${String(error)}`;
  const { code, syscall, path, message, stack } = error as NodeJS.ErrnoException;
  const isOfFiles = code !== undefined && syscall !== undefined && path !== undefined;
  return isOfFiles ? showControls(message) : `internal error: ${stack ?? message}`;
}

void runAndExit();
