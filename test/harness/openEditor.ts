import { run, succeeds } from './childProcess';
import { REPOSITORY } from './repository';
import type { SampleProject } from './sampleProject';
import { startVscodeServer } from './vscodeServer';

/** Serves VS Code on a project until a signal comes, or only until it answers. */
export async function serveEditor(project: SampleProject, once: boolean): Promise<void> {
  const server = await startVscodeServer({
    defaultFolder: project.root,
    installedExtension: REPOSITORY,
    environment: project.environment,
  });
  console.log(`VS Code with ML Preflight is at ${server.address}`);
  if (once) return server.stop();
  console.log('Open this address in a browser. Ctrl+C here ends it.');
  return new Promise(() => {});
}

/** Command lines of desktop builds that take the options of VS Code. */
const DESKTOPS = ['code', 'code-insiders', 'codium'];

/** Opens a project in an installed desktop VS Code, with the extension from this checkout. */
export async function openDesktop(project: SampleProject): Promise<void> {
  for (const command of DESKTOPS) {
    if (!(await succeeds(command, ['--version']))) continue;
    const words = ['--new-window', `--extensionDevelopmentPath=${REPOSITORY}`, project.root];
    return run(command, words, {
      env: project.environment,
      shell: process.platform === 'win32',
    });
  }
  throw new Error(
    `No desktop VS Code was found on PATH (${DESKTOPS.join(', ')}). Without --desktop one is served from npm.`,
  );
}
