import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort, killGroupAtExit, runNpm, stopProcessTree, succeeds } from './childProcess';
import { say } from './say';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporaryFolder';
import { ensureTool } from './toolCache';

/** A real VS Code as a server, whose parts all come from the npm registry. */
const CODE_SERVER = '4.139.1';
const NODE_MAJOR = 24;
const NODE_PACKAGE = `node-linux-${process.arch}`;

export interface ServerOptions {
  /** Asks whether the folder is trusted; otherwise every folder is. */
  readonly workspaceTrust?: boolean;
  /** User settings, over the quiet defaults of tests. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For the server, its extension host and its terminals. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder that a bare address opens; absolute. */
  readonly defaultFolder?: string;
  /** An extension's folder to install, as a link; absolute. */
  readonly installedExtension?: string;
  /** Default: any free one of the loopback interface. */
  readonly port?: number;
}

export interface VscodeServer {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  /** `127.0.0.1:port`, as remote URIs name it. */
  readonly authority: string;
  stop(): Promise<void>;
}

/** Nothing may pop up over what a test looks at, and nothing may go to the network. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'remote.autoForwardPorts': false,
  'window.commandCenter': false,
} as const;

/** Installs the server and its Node into the user's cache; needs 25 s and 450 MB the first time. */
export function ensureVscodeServer(): Promise<string> {
  if (process.platform !== 'linux') {
    throw new Error(
      'The VS Code of these tests is a Linux build. On macOS and Windows use `npm run test:desktop`, or `npm start -- --desktop`.',
    );
  }
  return ensureTool({
    name: `vscode-${CODE_SERVER}`,
    install: installServer,
    isWhole: (folder) => {
      const parts = [serverMain(folder), join(serverFolder(folder), 'node_modules', 'node-pty')];
      return Promise.resolve(parts.every(existsSync) && succeeds(nodeOf(folder), ['--version']));
    },
  });
}

async function installServer(folder: string): Promise<void> {
  say(
    `installing VS Code (code-server ${CODE_SERVER}) and its Node ${NODE_MAJOR} from npm into ${folder}`,
  );
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm(
    ['install', ...quiet, `code-server@${CODE_SERVER}`, `${NODE_PACKAGE}@${NODE_MAJOR}`],
    { cwd: folder },
  );
  for (const cwd of [serverFolder(folder), join(serverFolder(folder), 'extensions')]) {
    await runNpm(['install', '--omit=dev', ...quiet], { cwd });
  }
}

const serverFolder = (folder: string): string =>
  join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
const serverMain = (folder: string): string => join(serverFolder(folder), 'out', 'server-main.js');
const nodeOf = (folder: string): string =>
  join(folder, 'node_modules', NODE_PACKAGE, 'bin', 'node');

/** Starts a server with data of its own, and returns when it answers. */
export async function startVscodeServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const folder = await ensureVscodeServer();
  const data = await prepareData(options);
  const port = options.port ?? (await findFreePort());
  const child = spawn(nodeOf(folder), serverArguments(folder, data, port, options), {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Without a gallery nothing asks for extensions on the network.
    env: { ...process.env, ...options.environment, EXTENSIONS_GALLERY: '{}' },
    // A group of its own, which can be killed as one.
    detached: true,
  });
  killGroupAtExit(child);
  const stop = async (): Promise<void> => {
    await stopProcessTree(child);
    await removeTemporaryFolder(data);
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await waitUntilItAnswers(child, address);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, authority: `127.0.0.1:${port}`, stop };
}

/** The server's data: the user's settings and the installed extensions. */
async function prepareData(options: ServerOptions): Promise<string> {
  const data = makeTemporaryFolder('vscode');
  await mkdir(join(data, 'data', 'User'), { recursive: true });
  await mkdir(join(data, 'extensions'));
  const settings = JSON.stringify({ ...QUIET_SETTINGS, ...options.settings });
  await writeFile(join(data, 'data', 'User', 'settings.json'), settings);
  if (options.installedExtension !== undefined) {
    const link = join(data, 'extensions', 'ml-preflight.ml-preflight');
    await symlink(options.installedExtension, link);
  }
  return data;
}

function serverArguments(
  folder: string,
  data: string,
  port: number,
  options: ServerOptions,
): readonly string[] {
  return [
    serverMain(folder),
    '--host=127.0.0.1',
    `--port=${port}`,
    `--server-data-dir=${data}`,
    `--extensions-dir=${join(data, 'extensions')}`,
    ...(options.defaultFolder === undefined ? [] : [`--default-folder=${options.defaultFolder}`]),
    '--without-connection-token',
    '--accept-server-license-terms',
    '--disable-telemetry',
    // Without it a built server ignores the payload that names the extension under development.
    '--enable-smoke-test-driver',
    // A login shell would put its own PATH over the one with the test's Python.
    '--force-disable-user-env',
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
}

async function waitUntilItAnswers(child: ChildProcess, address: string): Promise<void> {
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const deadline = Date.now() + 60_000;
  while (!(await answers(address))) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended:\n${output}`);
    if (Date.now() > deadline) throw new Error(`VS Code's server did not answer:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function answers(address: string): Promise<boolean> {
  return fetch(`${address}/version`).then(
    (response) => response.ok,
    () => false,
  );
}
