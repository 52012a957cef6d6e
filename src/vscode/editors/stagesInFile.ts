import { relative } from 'node:path';
import type * as vscode from 'vscode';
import type { Stage } from '../../project/project';
import type { LoadedProject, ProjectStore } from '../projectStore';

/** The stages that are defined at one line of a file: several where a loop makes them (`foreach`, `matrix`). */
export interface StagesAtLine {
  readonly loaded: LoadedProject;
  /** From 0. */
  readonly line: number;
  readonly stages: readonly [Stage, ...Stage[]];
}

/** The stages that a file defines, in the order of its lines. */
export function stagesInFile(store: ProjectStore, file: vscode.Uri): readonly StagesAtLine[] {
  if (file.scheme !== 'file') return [];
  return store.projects.flatMap((loaded) => {
    const path = relative(loaded.project.root, file.fsPath).replaceAll('\\', '/');
    const byLine = new Map<number, [Stage, ...Stage[]]>();
    for (const stage of loaded.project.stages) {
      if (stage.source.file !== path) continue;
      const line = Math.max(0, stage.source.line - 1);
      const known = byLine.get(line);
      if (known === undefined) byLine.set(line, [stage]);
      else known.push(stage);
    }
    return [...byLine]
      .sort(([a], [b]) => a - b)
      .map(([line, stages]) => ({ loaded, line, stages }));
  });
}
