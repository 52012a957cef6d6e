/** What the first bytes of an image say: its format, and its size in pixels; undefined where they are none of these. */
export interface ImageHeader {
  readonly format: string;
  readonly width: number;
  readonly height: number;
}

/** Reads the headers of PNG, JPEG, GIF, BMP, WebP and TIFF. @param bytes from the beginning; all of the file, or a part */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  try {
    const found = parse(bytes);
    return found !== undefined && found.width > 0 && found.height > 0 ? found : undefined;
  } catch {
    // The bytes end within the header.
    return undefined;
  }
}

function parse(bytes: Buffer): ImageHeader | undefined {
  const start = bytes.subarray(0, 16).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) {
    return { format: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (start.startsWith('\xff\xd8\xff')) return parseJpeg(bytes);
  if (/^GIF8[79]a/.test(start)) {
    return { format: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (start.startsWith('BM')) {
    // Rows may go from top to bottom: the height is then negative.
    return { format: 'bmp', width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
  }
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return parseWebp(bytes);
  return start.startsWith('II*\0') || start.startsWith('MM\0*') ? parseTiff(bytes) : undefined;
}

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1: the frame header tells the size. */
function parseJpeg(bytes: Buffer): ImageHeader | undefined {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        format: 'jpeg',
        width: bytes.readUInt16BE(at + 7),
        height: bytes.readUInt16BE(at + 5),
      };
    }
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += standsAlone ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function parseWebp(bytes: Buffer): ImageHeader | undefined {
  const format = 'webp';
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return {
        format,
        width: bytes.readUInt16LE(26) & 0x3fff,
        height: bytes.readUInt16LE(28) & 0x3fff,
      };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { format, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { format, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** TIFF 6.0, section 2: tags 256 and 257 of the first directory, as short or long. */
function parseTiff(bytes: Buffer): ImageHeader | undefined {
  const big = bytes[0] === 0x4d;
  const short = (at: number): number => (big ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at));
  const long = (at: number): number => (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  const directory = long(4);
  const sizes = new Map<number, number>();
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + entry * 12;
    sizes.set(short(at), short(at + 2) === 3 ? short(at + 8) : long(at + 8));
  }
  return { format: 'tiff', width: sizes.get(256) ?? 0, height: sizes.get(257) ?? 0 };
}
