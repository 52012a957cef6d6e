import { dirname, basename } from 'node:path';

/** What a hook has to find again when no editor is open. */
export interface HookProgram {
  /** The command line's bundle, absolute. */
  readonly cli: string;
  /** The binary that runs it, absolute: Node, or an editor that is Node when it is told so. */
  readonly node: string;
}

export const MARKER = '# >>> ml-preflight >>>';
/** Set for a hook that is only asked whether it fires: it answers with the value and judges nothing. */
export const PROBE_VARIABLE = 'ML_PREFLIGHT_PROBE';

export function probeAnswer(probe: string): string {
  return `ml-preflight fires ${probe}`;
}

interface ScriptOptions {
  /** Absolute: for the line that says how to take the script out when the program is gone. */
  readonly path: string;
  /** File name of the hook that was there before, kept beside: it runs first. */
  readonly previous?: string;
}

/**
 * The gate as a POSIX shell script, for the sh of any system and of Git for Windows. It works without an editor: the
 * recorded Node, else the `node` on the PATH. Where nothing runs the gate, the commit is refused with exit code 2: a gate
 * that could not judge never says pass.
 */
export function hookScript(program: HookProgram, { path, previous }: ScriptOptions): string {
  return [
    '#!/bin/sh',
    `${MARKER} Judges what is about to be committed.`,
    '# `ml-preflight hook uninstall` takes it out and puts back what was here before.',
    `if [ -n "$${PROBE_VARIABLE}" ]; then`,
    `  echo "${probeAnswer(`$${PROBE_VARIABLE}`)}" >&2`,
    '  exit 0',
    'fi',
    ...(previous === undefined ? [] : chain(previous)),
    `cli=${quote(program.cli)}`,
    ...findOtherVersion(program.cli),
    `node=${quote(program.node)}`,
    'if [ ! -x "$node" ]; then node=$(command -v node); fi',
    'if [ ! -f "$cli" ] || [ -z "$node" ]; then',
    '  echo "ML Preflight COULD NOT JUDGE: $cli cannot be run, it was moved or removed." >&2',
    '  echo "Install ML Preflight again, or take its hook out with this command:" >&2',
    `  echo ${quote(removal(path, previous))} >&2`,
    '  exit 2',
    'fi',
    '# An editor that is built on Electron runs scripts only when it is told so; Node does not mind.',
    'ELECTRON_RUN_AS_NODE=1 exec "$node" "$cli" check --staged --hook',
    '',
  ].join('\n');
}

/** Another manager may run both files, each from the other: the second time round ends at once. */
function chain(previous: string): readonly string[] {
  return [
    'here="$PWD:${0%/*}"',
    'if [ "$ML_PREFLIGHT_CHAINED" = "$here" ]; then exit 0; fi',
    `previous="\${0%/*}/${previous}"`,
    'if [ -x "$previous" ]; then',
    '  ML_PREFLIGHT_CHAINED="$here" "$previous" "$@" || exit $?',
    'fi',
  ];
}

/** Editors keep each version of an extension in a folder of its own, and remove the old one after an update. */
function findOtherVersion(cli: string): readonly string[] {
  const extension = dirname(dirname(cli));
  const unversioned = /^(.+-)\d+\.\d+\.\d+[^-]*(?:-[\w-]+)?$/.exec(basename(extension))?.[1];
  if (unversioned === undefined) return [];
  const start = quote(`${dirname(extension)}/${unversioned}`);
  const end = quote(`/${basename(dirname(cli))}/${basename(cli)}`);
  return [
    'if [ ! -f "$cli" ]; then',
    `  for other in ${start}[0-9]*${end}; do if [ -f "$other" ]; then cli=$other; fi; done`,
    'fi',
  ];
}

function removal(path: string, previous: string | undefined): string {
  if (previous === undefined) return `rm ${quote(path)}`;
  return `mv ${quote(`${dirname(path)}/${previous}`)} ${quote(path)}`;
}

/** Forward slashes, which the sh of Git for Windows takes too. */
function quote(text: string): string {
  const path = process.platform === 'win32' ? text.replaceAll('\\', '/') : text;
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** The recorded program of a script that `hookScript` wrote. */
export function readProgram(script: string): HookProgram | undefined {
  const value = (name: string): string | undefined =>
    new RegExp(`^${name}='((?:[^']|'\\\\'')*)'$`, 'm').exec(script)?.[1]?.replaceAll("'\\''", "'");
  const cli = value('cli');
  const node = value('node');
  return cli === undefined || node === undefined ? undefined : { cli, node };
}
