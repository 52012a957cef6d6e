/** Ways in which the numbers of a column change with their unit: `after = factor * before + offset`. */
export interface UnitChange {
  readonly factor: number;
  readonly offset: number;
  /** What it may be, for people. */
  readonly name: string;
}

const FACTORS: readonly { readonly factor: number; readonly up: string; readonly down: string }[] =
  [
    { factor: 10, up: 'a power of ten', down: 'a power of ten' },
    {
      factor: 100,
      up: 'shares to per cent, or metres to centimetres',
      down: 'per cent to shares, or centimetres to metres',
    },
    {
      factor: 1000,
      up: 'kilo to base units, or seconds to milliseconds',
      down: 'base units to kilo, or milliseconds to seconds',
    },
    { factor: 1e4, up: 'a power of ten', down: 'a power of ten' },
    { factor: 1e5, up: 'a power of ten', down: 'a power of ten' },
    {
      factor: 1e6,
      up: 'millions to units, or base units to micro',
      down: 'units to millions, or micro to base units',
    },
    {
      factor: 1e9,
      up: 'billions to units, or base units to nano',
      down: 'units to billions, or nano to base units',
    },
    { factor: 1024, up: 'kibibytes to bytes', down: 'bytes to kibibytes' },
    {
      factor: 60,
      up: 'minutes to seconds, or hours to minutes',
      down: 'seconds to minutes, or minutes to hours',
    },
    { factor: 3600, up: 'hours to seconds', down: 'seconds to hours' },
    { factor: 2.54, up: 'inches to centimetres', down: 'centimetres to inches' },
    { factor: 1 / 0.3048, up: 'metres to feet', down: 'feet to metres' },
    { factor: 1 / 0.45359237, up: 'kilograms to pounds', down: 'pounds to kilograms' },
    { factor: 1.609344, up: 'miles to kilometres', down: 'kilometres to miles' },
  ];

const TEMPERATURES: readonly UnitChange[] = [
  { factor: 1.8, offset: 32, name: 'degrees Celsius to Fahrenheit' },
  { factor: 1 / 1.8, offset: -32 / 1.8, name: 'degrees Fahrenheit to Celsius' },
  { factor: 1, offset: 273.15, name: 'degrees Celsius to kelvins' },
  { factor: 1, offset: -273.15, name: 'kelvins to degrees Celsius' },
];

/** The factors are exact by definition (BIPM 2019, NIST Special Publication 811). */
export const UNIT_CHANGES: readonly UnitChange[] = [
  ...FACTORS.flatMap(({ factor, up, down }): UnitChange[] => [
    { factor, offset: 0, name: up },
    { factor: 1 / factor, offset: 0, name: down },
  ]),
  ...TEMPERATURES,
];
