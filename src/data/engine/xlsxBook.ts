import type { SourceFile } from './engineProtocol';
import { problem } from './inspectFile';
import { isDateFormat } from './xlsxFormats';
import { readXml } from './xlsxXml';
import { openZip, type ZipArchive } from './zipFile';

/** What is needed of a workbook (ECMA-376, SpreadsheetML) beside its sheet. */
export interface XlsxBook {
  readonly zip: ZipArchive;
  /** The entry of the sheet that is meant. */
  readonly sheet: string;
  /** Whether days are counted from 1904. */
  readonly from1904: boolean;
  readonly texts: readonly string[];
  /** By the number of a cell's style. */
  readonly isDateStyle: readonly boolean[];
}

/** Bytes of the texts that cells share: they are held in memory. */
const MOST_TEXT = 256 * 2 ** 20;
const MOST_XML = 64 * 2 ** 20;

/** @throws DataError */
export async function openBook(file: SourceFile): Promise<XlsxBook> {
  const zip = await openZip(file);
  try {
    const { sheets, from1904 } = await readWorkbook(file, zip);
    const targets = await readTargets(zip);
    const chosen = chooseSheet(file, sheets);
    const target = targets.get(chosen.relation) ?? '';
    const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    if (!zip.entries.has(sheet)) throw notWorkbook(file);
    return {
      zip,
      sheet,
      from1904,
      texts: await readTexts(zip),
      isDateStyle: await readStyles(zip),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

interface Sheet {
  readonly name: string;
  readonly relation: string;
}

async function readWorkbook(file: SourceFile, zip: ZipArchive) {
  const entry = zip.entries.get('xl/workbook.xml');
  if (entry === undefined) throw notWorkbook(file);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(await zip.open(entry, MOST_XML), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.keys(attributes).find((key) => /(?:^|:)id$/.test(key)) ?? '';
      sheets.push({ name: attributes['name'] ?? '', relation: attributes[relation] ?? '' });
    },
  });
  return { sheets, from1904 };
}

async function readTargets(zip: ZipArchive): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  const entry = zip.entries.get('xl/_rels/workbook.xml.rels');
  if (entry === undefined) return targets;
  await readXml(await zip.open(entry, MOST_XML), {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target);
    },
  });
  return targets;
}

function chooseSheet(file: SourceFile, sheets: readonly Sheet[]): Sheet {
  const { member } = file;
  const [first] = sheets;
  if (first === undefined) throw notWorkbook(file);
  if (member === undefined) return first;
  const named = sheets.find(({ name }) => name === member);
  if (named !== undefined) return named;
  const listed = sheets.map(({ name }) => `"${name}"`).join(', ');
  throw problem(
    file,
    'table-unknown',
    `This workbook has no sheet "${member}", but ${listed}.`,
    'Correct the name of the sheet in preflight.yaml.',
  );
}

/** Of a text, what is said how it is pronounced is left out. */
async function readTexts(zip: ZipArchive): Promise<readonly string[]> {
  const entry = zip.entries.get('xl/sharedStrings.xml');
  if (entry === undefined) return [];
  const texts: string[] = [];
  let [current, inText, phonetic] = ['', false, false];
  await readXml(await zip.open(entry, MOST_TEXT), {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    place: () => `shared text ${texts.length + 1} in xl/sharedStrings.xml`,
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 'si') texts.push(current);
      if (name === 'rPh') phonetic = false;
      if (name === 't') inText = false;
    },
  });
  return texts;
}

async function readStyles(zip: ZipArchive): Promise<readonly boolean[]> {
  const entry = zip.entries.get('xl/styles.xml');
  if (entry === undefined) return [];
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let inCells = false;
  await readXml(await zip.open(entry, MOST_XML), {
    open: (name, attributes) => {
      if (name === 'numFmt')
        formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(Number(attributes['numFmtId'] ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles.map((id) => isDateFormat(id, formats.get(id)));
}

function notWorkbook(file: SourceFile) {
  return problem(
    file,
    'format-mismatch',
    'This is a zip archive, but no Excel workbook.',
    'Give it the name of its real format.',
  );
}
