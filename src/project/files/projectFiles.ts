import type { Result } from '../../base/result';

/**
 * The files of one project as detection sees them. The work tree is one implementation, the git index
 * another: the gate detects in what would be committed.
 */
export interface ProjectFiles {
  /** Absolute; where the files are, or would be. */
  readonly root: string;
  /** Every file, sorted, relative with forward slashes. Ignored folders (`.git`, `node_modules`, environments) are left out. */
  readonly paths: readonly string[];
  /**
   * The text of a file (UTF-8, BOM removed); problems `file-missing`, `file-too-large`, `file-unreadable`.
   * @param largest more bytes than this are not read; default: more than a text of a project has that people write
   */
  readText(path: string, largest?: number): Promise<Result<string>>;
}
