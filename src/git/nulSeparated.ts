/** The fields of git's `-z` output, whether NUL ends or separates them. */
export function nulSeparated(output: Buffer): readonly string[] {
  const text = output.toString('utf8');
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}
