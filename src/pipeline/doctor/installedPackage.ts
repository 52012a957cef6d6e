import { open, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists, listFolder } from '../environment/readSmallFile';

/** How a program of Python's is started. */
export interface ProgramScript {
  /** The interpreter that its first line names; undefined where it is no script. */
  readonly interpreter: string | undefined;
  /** Whether that interpreter is there. */
  readonly starts: boolean;
}

/** Reads the first line of a program: an environment that was moved or copied leaves programs that do not start. */
export async function readProgramScript(path: string): Promise<ProgramScript> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const text = buffer.toString('utf8', 0, bytesRead);
    // pip writes a long interpreter, or one with a space, as a line for `/bin/sh`.
    const long = /^#!\/bin\/sh\n'''exec' "?([^"\n]+?)"? "\$0"/.exec(text)?.[1];
    const interpreter = long ?? /^#!\s*(\S+)/.exec(text)?.[1];
    const starts = interpreter === undefined || (await exists(interpreter));
    return { interpreter, starts };
  } finally {
    await file.close();
  }
}

/**
 * The version of a package that is installed beside an interpreter, from the folder that its installer made
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/); undefined where there is none.
 * Nothing is run.
 */
export async function readPackageVersion(
  python: string,
  packages: readonly string[],
): Promise<string | undefined> {
  for (const prefix of await prefixesOf(python)) {
    for (const folder of await packageFolders(prefix)) {
      const names = await listFolder(folder);
      for (const wanted of packages.map(normalizeName)) {
        for (const name of names) {
          const [, found = '', version] = /^(.+?)-([^-]+)\.(?:dist|egg)-info$/.exec(name) ?? [];
          if (normalizeName(found) === wanted) return version;
        }
      }
    }
  }
  return undefined;
}

function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '_');
}

/** Of the environment, then of the Python that a link leads to. */
async function prefixesOf(python: string): Promise<readonly string[]> {
  const bins = [dirname(python), dirname(await realpath(python).catch(() => python))];
  const prefixes = bins.map((bin) =>
    ['bin', 'Scripts'].includes(basename(bin)) ? dirname(bin) : bin,
  );
  // A virtual environment does not see the packages of the Python that it was made with.
  const isVirtual = await exists(join(prefixes[0] ?? '', 'pyvenv.cfg'));
  return isVirtual ? prefixes.slice(0, 1) : [...new Set(prefixes)];
}

async function packageFolders(prefix: string): Promise<readonly string[]> {
  const folders = [join(prefix, 'Lib', 'site-packages')];
  for (const lib of [join(prefix, 'lib'), join(prefix, 'local', 'lib')]) {
    for (const name of await listFolder(lib)) {
      if (!/^python\d/.test(name)) continue;
      folders.push(join(lib, name, 'site-packages'), join(lib, name, 'dist-packages'));
    }
  }
  return folders;
}
