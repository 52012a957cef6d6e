import type { FileIndex } from '../files/fileIndex';
import { baseName, extensionOf } from '../files/paths';

/** Kedro keeps the versions of a file in a folder of the file's name: `model.pkl/2026-01-31T10.00.00.000Z/model.pkl`. */
const VERSION = /^((?:.*\/)?([^/]+))\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d\.\d{3}Z\/\2$/;

export function isKedroVersion(path: string): boolean {
  return VERSION.test(path);
}

/** The path that all versions share, with `*` for the time; the path itself where it is no version. */
export function kedroVersionGlob(path: string): string {
  const match = VERSION.exec(path);
  return match === null ? path : `${match[1]}/*/${match[2]}`;
}

/** The version that Kedro would load; undefined where there is none yet. */
export function newestVersion(path: string, files: FileIndex): string | undefined {
  const beginning = `${path}/`;
  const versions = files
    .withExtension(extensionOf(baseName(path)))
    .filter((one) => one.startsWith(beginning) && VERSION.exec(one)?.[1] === path);
  return versions.toSorted().at(-1);
}
