import type { DatasetFormat } from '../../../project/project';
import type { FileFacts } from '../../profile/profile';
import { describeDialect } from '../csvDialect';
import type { SourceFile } from '../engineProtocol';
import { inspectFile } from '../inspectFile';

/** How the first file is written, as its beginning shows; undefined for formats that say it themselves. */
export async function describeFiles(
  [first]: readonly SourceFile[],
  format: DatasetFormat,
): Promise<FileFacts | undefined> {
  if (first === undefined || (format !== 'csv' && format !== 'tsv')) return undefined;
  const { bytes, wholeFile } = await inspectFile(first, format);
  const dialect = describeDialect(bytes, wholeFile);
  if (dialect === undefined) return undefined;
  const { delimiter, quote, lineEnding, bom, encoding } = dialect;
  // Without any quoted field nothing is known of the quotes.
  const isQuoted = bytes.includes(quote);
  return { delimiter, ...(isQuoted ? { quote } : {}), lineEnding, bom, encoding };
}
