import { showControls } from '../base/escape';
import { formatCount, formatNumber } from '../base/format';
import type { DatasetDiff } from '../data/rowDiff/diffDataset';
import type { ChangedValue, RowDiff, SampleRow, SampleValue } from '../data/rowDiff/rowDiff';

/** So many columns of a row are shown in a terminal. */
const SHOWN = 8;
const LONGEST = 40;

/** The difference of two versions for a terminal: how many rows, in which columns, and some of each kind. */
export function formatRowDiff(diff: DatasetDiff): string {
  const { path, versions, from, to, samples } = diff;
  const head = `${path}: ${versions.from} (${formatCount(from, 'row')}) → ${versions.to} (${formatCount(to, 'row')})`;
  return [
    showControls(head),
    ...describeCounts(diff),
    ...describeColumns(diff),
    ...titled(
      `Added, of ${names(samples.columns)}`,
      samples.added.map((row) => `+ ${tellRow(row)}`),
    ),
    ...titled(
      `Removed, of ${names(samples.columns)}`,
      samples.removed.map((row) => `- ${tellRow(row)}`),
    ),
    ...titled(
      'Changed',
      samples.changed.map(
        ({ to: row, key, values }) =>
          `~ row ${row} (${key.map(tellValue).join(', ')}): ${values.slice(0, SHOWN).map(tellChange).join(', ')}`,
      ),
    ),
  ].join('\n');
}

function describeCounts({
  key,
  keyless,
  added,
  removed,
  changed,
  same,
}: RowDiff): readonly string[] {
  const how =
    key === undefined
      ? 'compared as whole rows: no key is declared'
      : `found again by ${names(key)}`;
  const counts = [
    `${formatNumber(added)} added`,
    `${formatNumber(removed)} removed`,
    ...(key === undefined ? [] : [`${formatNumber(changed)} changed`]),
    `${formatNumber(same)} the same`,
  ];
  const without = keyless === undefined ? 0 : keyless.from + keyless.to;
  return [
    `  ${counts.join(', ')} (${how})`,
    ...(without === 0
      ? []
      : [
          `  ${formatCount(keyless?.from ?? 0, 'row')} before and ${formatNumber(keyless?.to ?? 0)} now without a key of their own, compared as whole rows`,
        ]),
  ];
}

function describeColumns({
  columns: { added, removed, retyped },
  changes,
}: RowDiff): readonly string[] {
  return [
    ...(added.length === 0 ? [] : [`  columns added: ${names(added)}`]),
    ...(removed.length === 0 ? [] : [`  columns removed: ${names(removed)}`]),
    ...retyped.map(({ column, from, to }) => `  ${showControls(column)}: ${from} → ${to}`),
    ...changes
      .slice(0, SHOWN)
      .map(
        ({ column, count }) => `  ${showControls(column)}: ${formatCount(count, 'value')} changed`,
      ),
    ...(changes.length > SHOWN ? [`  and values in ${changes.length - SHOWN} more columns`] : []),
  ];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function names(columns: readonly string[]): string {
  const shown = columns.slice(0, SHOWN).map(showControls).join(', ');
  return columns.length > SHOWN ? `${shown}, …` : shown;
}

function tellRow({ row, values }: SampleRow): string {
  const more = values.length > SHOWN ? ', …' : '';
  return `row ${row}: ${values.slice(0, SHOWN).map(tellValue).join(', ')}${more}`;
}

function tellChange({ column, from, to }: ChangedValue): string {
  return `${showControls(column)} ${tellValue(from)} → ${tellValue(to)}`;
}

function tellValue(value: SampleValue): string {
  if (value === null) return 'missing';
  return showControls(value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value);
}
