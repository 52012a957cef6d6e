import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDateFormat, millisOfSerial } from '../../../src/data/engine/xlsxFormats';
import { columnOf, problemOf, profileFiles } from './dataFixtures';

/** Written by openpyxl: see make_files.py. */
const BOOK = join(__dirname, 'files/book.xlsx');

describe('an Excel workbook', function () {
  this.timeout(30_000);

  it('is its first sheet, as pandas reads it', async () => {
    const profile = await profileFiles([BOOK], { format: 'excel' });
    assert.equal(profile.rows, 3);
    assert.deepEqual(
      profile.columns.map(({ name, type, nulls }) => [name, type, nulls]),
      [
        ['id', 'integer', 0],
        ['name', 'string', 1],
        ['height', 'number', 2],
        ['born', 'timestamp', 1],
        ['member', 'boolean', 0],
        ['Unnamed: 5', 'string', 2],
        ['id.1', 'integer', 0],
      ],
    );
    assert.equal(columnOf(profile, 'id.1').numeric?.mean, 8);
    const { range } = columnOf(profile, 'born');
    assert.deepEqual(range, { min: '1990-01-02 00:00:00', max: '2000-02-29 12:30:00' });
    assert.deepEqual(
      columnOf(profile, 'name')
        .categories?.map(({ value }) => value)
        .sort(),
      ['Ada', 'Bo & <b>'],
    );
  });

  it('is the sheet that is named', async () => {
    const profile = await profileFiles([BOOK], { format: 'excel', member: 'Other one' });
    assert.deepEqual([profile.rows, columnOf(profile, 'x').numeric?.max], [1, 42]);
  });

  it('tells its sheets where the name is wrong, and says of a sheet that it is empty', async () => {
    const bytes = readFileSync(BOOK);
    const wrong = await problemOf(bytes, { format: 'excel', member: '<b>' });
    assert.match(wrong.message, /no sheet "<b>", but "People", "Other one", "Empty"/);
    const empty = await problemOf(bytes, { format: 'excel', member: 'Empty' });
    assert.equal(empty.code, 'data-empty');
  });

  it('that is cut off, old or something else is a problem', async () => {
    const bytes = readFileSync(BOOK);
    const codeOf = async (content: string | Uint8Array) =>
      (await problemOf(content, { format: 'excel' })).code;
    assert.equal(await codeOf(bytes.subarray(0, 3000)), 'zip-invalid');
    assert.equal(await codeOf(Buffer.from('d0cf11e0a1b11ae100', 'hex')), 'xls-unsupported');
    assert.equal(await codeOf('a,b\n1,2\n'), 'format-mismatch');
    assert.equal(
      await codeOf(readFileSync(join(__dirname, 'files/arrays.npz'))),
      'format-mismatch',
    );
  });

  it('that would unpack to very much is refused before it is unpacked', async () => {
    const bytes = Buffer.from(readFileSync(BOOK));
    // The central directory says how long the entry is: 24 bytes after its sign, 22 before its name.
    const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml');
    bytes.writeUInt32LE(0xffff_fff0, name - 22);
    bytes.writeUInt32LE(0xffff_fff0, bytes.lastIndexOf('xl/styles.xml') - 22);
    const { code, message } = await problemOf(bytes, { format: 'excel' });
    assert.equal(code, 'zip-too-large');
    assert.match(message, /xl\/styles\.xml unpacks to 4096 MiB/);
  });

  it('has dates where the format of a number shows them', () => {
    assert.deepEqual(
      [
        'yyyy-mm-dd',
        'h:mm',
        '[h]:mm',
        '[$-409]d. mmm',
        '"day" 0',
        '[Red]0.00',
        'General',
        '0.0\\d',
        '#,##0',
      ].map((code) => isDateFormat(164, code)),
      [true, true, true, true, false, false, false, false, false],
    );
    assert.deepEqual(
      [14, 22, 0, 9, 47].map((id) => isDateFormat(id, undefined)),
      [true, true, false, false, true],
    );
  });

  it('counts days as openpyxl does', () => {
    // openpyxl.utils.datetime.from_excel: 1 is 1900-01-01, 59 is 1900-02-28, 61 is 1900-03-01, 45000.5 is 2023-03-15 12:00.
    const iso = (serial: number, from1904 = false) =>
      new Date(millisOfSerial(serial, from1904)).toISOString();
    assert.equal(iso(1), '1900-01-01T00:00:00.000Z');
    assert.equal(iso(59), '1900-02-28T00:00:00.000Z');
    assert.equal(iso(61), '1900-03-01T00:00:00.000Z');
    assert.equal(iso(45000.5), '2023-03-15T12:00:00.000Z');
    assert.equal(iso(0, true), '1904-01-01T00:00:00.000Z');
  });
});
