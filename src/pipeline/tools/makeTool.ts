import { posix } from 'node:path';
import { makefileOf } from '../../project/make/makefilePlace';
import { baseName, folderOf } from '../../project/files/paths';
import type { Stage } from '../../project/project';
import { digestTargets, readMakeStatus } from '../make/makeStatus';
import type { InvocationOptions, StageTool } from './stageTool';

/** Make: it remakes one target, and the times of files are the record. */
export const makeTool: StageTool = {
  invocation: (stage, options) => ({
    program: 'make',
    arguments: [
      `--file=${baseName(makefileOf(stage))}`,
      ...flagsFor(stage, options),
      ...(options.set ?? []).map(({ key, text }) => `${key}=${text.replaceAll('$', () => '$$')}`),
      '--',
      stage.name,
    ],
    cwd: folderOf(makefileOf(stage)),
    install: 'Install GNU make with the package manager of your system.',
  }),
  record: {
    readStatus: (stage, sources) => Promise.resolve(readMakeStatus(stage, sources)),
    digest: (stage, sources) => Promise.resolve(digestTargets(stage, sources)),
  },
  settable: () => Promise.resolve({ keys: [], isOther: isVariable }),
};

/** What would be an option of make, or changes make itself: `MAKEFLAGS=-n` makes nothing, with success. */
function isVariable(key: string): boolean {
  const isOfMake = /^(?:GNUMAKEFLAGS|M(?:AKE)?FLAGS|MAKE(?:FILES|OVERRIDES)?|SHELL)$/.test(key);
  return /^[A-Za-z_][\w.-]*$/.test(key) && !isOfMake;
}

/**
 * What the target needs has been made before it. Phony targets would run once more: `--old-file` keeps them from it. To
 * remake a target that is up to date, all is to be remade but what it needs.
 */
function flagsFor(stage: Stage, { force, set }: InvocationOptions): readonly string[] {
  const prefix = `${makefileOf(stage)}:`;
  const needs = (stage.needs ?? []).map((id) =>
    id.startsWith(prefix) ? id.slice(prefix.length) : id,
  );
  // Because of an old file make remakes nothing, although it is a name that else would always be new.
  const isNeeded = stage.alwaysRuns === true && stage.outputs.length > 0;
  if (!force && !isNeeded && (set ?? []).length === 0)
    return needs.map((name) => `--old-file=${name}`);
  const folder = folderOf(makefileOf(stage));
  const files = stage.dependencies.map((path) => posix.relative(folder, path));
  return ['--always-make', ...[...needs, ...files].map((name) => `--old-file=${name}`)];
}
