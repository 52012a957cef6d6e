import { pathToFileURL } from 'node:url';
import { recallCheck } from '../../../src/gate/checkCache';
import { formatText } from '../../../src/gate/report/text';
import { runCheck } from '../../../src/gate/runCheck';
import { ENGINE } from '../data/dataFixtures';

/** A hook runs where no package can be resolved by its name. */
const TSX = pathToFileURL(require.resolve('tsx')).href;

/** What the command line does for `check --staged`, from the sources: the program of the hooks in these tests. */
async function main(): Promise<number> {
  const folder = process.cwd();
  const hook = process.argv.includes('--hook');
  const recalled = await recallCheck(folder, { hook });
  const checked =
    recalled === undefined
      ? await runCheck({
          folder,
          scope: 'staged',
          hook,
          engine: { ...ENGINE, execArgv: ['--import', TSX] },
        })
      : ({ ok: true, value: recalled } as const);
  if (!checked.ok) {
    process.stdout.write(`${checked.problem.message}\n`);
    return 2;
  }
  process.stdout.write(formatText(checked.value));
  if (checked.value.unjudged && checked.value.verdict !== 'fail') return 2;
  return checked.value.blocks ? 1 : 0;
}

void main()
  .catch((error: unknown) => {
    console.error(error);
    return 3;
  })
  .then((code) => (process.exitCode = code));
