/** A file and the part of it that is meant: a table of a database, a sheet of a workbook, an array of an archive. */
export interface MemberPath {
  readonly file: string;
  readonly member?: string;
}

/** Files that hold several tables. */
const HOLDS_SEVERAL = /^(.*\.(?:db|db3|sqlite|sqlite3|xlsx|xlsm|xls|npz))::(.+)$/is;

/** `data.sqlite::people` is the table `people` of `data.sqlite`; any other path is a file. */
export function splitMember(path: string): MemberPath {
  const [, file, member] = HOLDS_SEVERAL.exec(path) ?? [];
  return file === undefined || member === undefined ? { file: path } : { file, member };
}
