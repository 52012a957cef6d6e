import { CompressionType, compressionRegistry, RecordBatchReader, Type } from 'apache-arrow';
import { decompress } from 'fzstd';
import { unpackLz4 } from './lz4Frame';

/** A bundle of its own: the reader of Arrow files, with both compressions that they may have. */

// A copy, for what is unpacked may lie within other bytes, and numbers have to begin at multiples of their size.
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompress(bytes).slice() });
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });

export { RecordBatchReader, Type };
