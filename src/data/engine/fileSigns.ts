/** What the first bytes say of files that are not text. */
const SIGNS: readonly { readonly bytes: string; readonly what: string }[] = [
  { bytes: 'PAR1', what: 'a Parquet file' },
  { bytes: 'PARE', what: 'an encrypted Parquet file' },
  { bytes: '\x1f\x8b', what: 'compressed with gzip' },
  { bytes: '\x28\xb5\x2f\xfd', what: 'compressed with zstd' },
  { bytes: 'PK\x03\x04', what: 'a zip archive or an Excel workbook' },
  { bytes: 'ARROW1', what: 'an Arrow file' },
  { bytes: 'FEA1', what: 'a Feather file of version 1' },
  { bytes: 'SQLite format 3\0', what: 'an SQLite database' },
  { bytes: '\x93NUMPY', what: 'a NumPy array' },
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', what: 'a file of old Microsoft Office (.xls)' },
  { bytes: '\x89HDF\r\n\x1a\n', what: 'an HDF5 file' },
  { bytes: '\x89PNG', what: 'a PNG image' },
  { bytes: '\xff\xd8\xff', what: 'a JPEG image' },
  { bytes: '%PDF-', what: 'a PDF document' },
  { bytes: 'BZh', what: 'compressed with bzip2' },
  { bytes: '\xfd7zXZ\0', what: 'compressed with xz' },
];

/** What a file is by its first bytes, for people: `a Parquet file`; undefined where no sign is known. */
export function describeBinary(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 16).toString('latin1');
  return SIGNS.find((sign) => start.startsWith(sign.bytes))?.what;
}
