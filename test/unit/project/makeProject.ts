import assert from 'node:assert/strict';
import { mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { detectProject } from '../../../src/project/detectProject';
import type { Project, Stage } from '../../../src/project/project';
import { openWorktreeFiles } from '../../../src/project/files/worktreeFiles';

/** A folder with these files, given to `use` and removed afterwards. */
export async function withFolder<Value>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (root: string) => Promise<Value>,
): Promise<Value> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'preflight-project-')));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What is detected in a folder with these files. */
export function detectIn(files: Readonly<Record<string, string | Uint8Array>>): Promise<Project> {
  return withFolder(files, detectAt);
}

export async function detectAt(root: string): Promise<Project> {
  const opened = await openWorktreeFiles(root);
  assert.ok(opened.ok);
  return detectProject(opened.value);
}

export function stageOf(project: Project, id: string): Stage {
  const stage = project.stages.find((one) => one.id === id);
  assert.ok(stage, `${id} is not among ${project.stages.map((one) => one.id).join(', ')}`);
  return stage;
}

/** The 1-based line of the first line that contains a text: where a reader would look for it. */
export function lineOf(text: string, part: string, nth = 1): number {
  const lines = text.split('\n');
  const found = lines.flatMap((line, index) => (line.includes(part) ? [index + 1] : []));
  const line = found[nth - 1];
  assert.ok(line, `"${part}" stands there ${found.length} times`);
  return line;
}
