import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../unit/data/seeded';
import { parseCsv, shuffle, tableOfJson, type Table } from './table';

/** A real table, and which of its columns the kinds of corruption are tried on. */
export interface RealTable {
  readonly name: string;
  readonly source: string;
  readonly load: () => Table;
  readonly key: string;
  readonly label: string;
  /** Of continuous numbers. */
  readonly number: string;
  /** Two columns that a mistake could exchange. */
  readonly pair: readonly [string, string];
  /** Of few texts. */
  readonly category: string;
  readonly date?: string;
  /** Whose rows belong together. */
  readonly group?: string;
  /** Holds in every row. */
  readonly relation: string;
  /** A rule in SQL that holds in every row. */
  readonly rule: string;
  /** The unit that the number could be in instead. */
  readonly factor: number;
}

const VEGA = join(__dirname, '../../node_modules/vega-datasets/data');
const TUMOURS = join(__dirname, '../projects/tumours/data/tumours.csv');

/** In a random order, with a name for each row where the table has none. */
function prepare(table: Table, key?: string): Table {
  const rows = shuffle(table.rows, seeded(7));
  if (key === undefined) return { ...table, rows };
  return {
    columns: [key, ...table.columns],
    rows: rows.map((row, index) => [`R${String(index).padStart(5, '0')}`, ...row]),
  };
}

const vega = (file: string): string => readFileSync(join(VEGA, file), 'utf8');

export const TABLES: readonly RealTable[] = [
  {
    name: 'penguins',
    source: '344 penguins of the Palmer archipelago (vega-datasets)',
    load: () => prepare(tableOfJson(vega('penguins.json')), 'id'),
    key: 'id',
    label: 'Species',
    number: 'Body Mass (g)',
    pair: ['Beak Length (mm)', 'Beak Depth (mm)'],
    category: 'Island',
    group: 'Island',
    relation: '"Beak Depth (mm)" <= "Beak Length (mm)"',
    rule: '"Flipper Length (mm)" > 100',
    factor: 0.001,
  },
  {
    name: 'cars',
    source: '406 cars of 1970 to 1982 (vega-datasets)',
    load: () => prepare(tableOfJson(vega('cars.json')), 'id'),
    key: 'id',
    label: 'Origin',
    number: 'Weight_in_lbs',
    pair: ['Displacement', 'Horsepower'],
    category: 'Origin',
    date: 'Year',
    group: 'Name',
    relation: 'Horsepower <= Weight_in_lbs',
    rule: 'Acceleration < 100',
    factor: 0.45359237,
  },
  {
    name: 'weather',
    source: '1,461 days of weather in Seattle (vega-datasets)',
    load: () => prepare(parseCsv(vega('seattle-weather.csv')), 'id'),
    key: 'id',
    label: 'weather',
    number: 'temp_max',
    pair: ['wind', 'temp_min'],
    category: 'weather',
    date: 'date',
    relation: 'temp_min <= temp_max',
    rule: 'wind >= 0',
    factor: 10,
  },
  {
    name: 'tumours',
    source: '569 breast tumours (Wisconsin, from scikit-learn)',
    load: () => prepare(parseCsv(readFileSync(TUMOURS, 'utf8'))),
    key: 'patient_id',
    label: 'diagnosis',
    number: 'mean_area',
    pair: ['mean_radius', 'mean_texture'],
    category: 'contour_category',
    group: 'size_category',
    relation: 'mean_radius <= mean_perimeter',
    rule: 'mean_smoothness > 0',
    factor: 0.01,
  },
  {
    name: 'birdstrikes',
    source: '10,000 collisions of aircraft with animals (vega-datasets)',
    load: () => prepare(parseCsv(vega('birdstrikes.csv')), 'id'),
    key: 'id',
    label: 'Time of day',
    number: 'Speed IAS in knots',
    pair: ['Wildlife Size', 'Phase of flight'],
    category: 'Wildlife Size',
    date: 'Flight Date',
    group: 'Airport Name',
    relation: '"Cost Repair" <= "Cost Total $"',
    rule: '"Cost Other" >= 0',
    factor: 1.609344,
  },
];
