import { resolve } from 'node:path';
import { showControls } from '../../base/escape';
import type { Result } from '../../base/result';
import {
  hookStatus,
  installHook,
  uninstallHook,
  verifyHook,
  type HookStatus,
} from '../../git/hooks/hook';
import { findRepository, type Repository } from '../../git/repository';
import type { Command } from '../command';
import type { Terminal } from '../terminal';

const ACTIONS: Readonly<Record<string, (repository: Repository) => Promise<Result<HookStatus>>>> = {
  install: (repository) => installHook(repository, { cli: __filename, node: process.execPath }),
  uninstall: uninstallHook,
  status: hookStatus,
  verify: verifyHook,
};

export const hook: Command = {
  options: { formats: ['text', 'json'], maxPositionals: 1 },
  async run({ arguments: { project, format, positionals }, terminal }) {
    const name = positionals[0] ?? 'status';
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) {
      terminal.problem({
        code: 'usage',
        message: `hook takes ${Object.keys(ACTIONS).join(', ')}, not "${name}".`,
      });
      return 2;
    }
    const repository = await findRepository(resolve(project));
    if (!repository.ok) {
      terminal.problem(repository.problem);
      return 2;
    }
    const done = await action(repository.value);
    if (!done.ok) {
      terminal.problem(done.problem);
      return 2;
    }
    if (format === 'json') terminal.json(done.value);
    else writeStatus(done.value, terminal);
    return name === 'verify' && done.value.fires !== true ? 1 : 0;
  },
};

function writeStatus(status: HookStatus, terminal: Terminal): void {
  const where = showControls(status.path);
  terminal.write(
    status.installed
      ? `The gate is installed: ${where}`
      : `The gate is not installed (it would be ${where}).`,
  );
  if (status.fires !== undefined)
    terminal.write(status.fires ? 'It fires on a commit.' : 'It does not fire on a commit.');
  status.problems.forEach(terminal.problem);
}
