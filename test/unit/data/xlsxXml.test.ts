import { strict as assert } from 'node:assert';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MOST_CHARACTERS, readXml, XmlTextTooLong } from '../../../src/data/engine/xlsxXml';

const PIECE = gunzipSync(gzipSync(Buffer.alloc(65_536, 'x')));

function* textOf(pieces: number, seen: { count: number }) {
  yield Buffer.from('<a><t>');
  for (seen.count = 0; seen.count < pieces; seen.count++) yield PIECE;
  yield Buffer.from('</t></a>');
}

describe('reading the XML of a workbook', () => {
  it('stops at a text without an end, and says where it stands', async () => {
    const seen = { count: 0 };
    const bomb = Readable.from(textOf(4096, seen), { objectMode: true });
    await assert.rejects(
      readXml(bomb, { place: () => 'cell A2' }),
      (error) => error instanceof XmlTextTooLong && error.place === 'cell A2',
    );
    assert.ok(seen.count < (2 * MOST_CHARACTERS) / PIECE.length);
  });
});
