import { stripVTControlCharacters } from 'node:util';
import { showControls } from '../../base/escape';
import { formatSeconds } from '../../base/format';
import type { StageRun } from '../../pipeline/run/stageRun';
import type { Colour } from '../terminal';
import { colourOf } from './describeEvent';
import { cutToWidth, padToWidth, textWidth } from './textWidth';

/** One stage of a run, as the table shows it. */
export interface TableRow {
  /** The stage's id. */
  readonly stage: string;
  readonly state: 'waiting' | 'running' | StageRun['status'];
  /** How long it has run. */
  readonly seconds: number | undefined;
  /** Its last line of output, its live metrics, why it did not run. Not escaped. */
  readonly detail: string;
}

export interface TableSize {
  readonly columns: number;
  /** The most lines that there may be. */
  readonly lines: number;
}

const LONGEST_NAME = 32;

/** The lines of the table, none wider than the terminal. Where there are too many stages, those that matter most. */
export function formatStageTable(
  rows: readonly TableRow[],
  size: TableSize,
  paint: (colour: Colour, text: string) => string,
): readonly string[] {
  const isCut = rows.length > size.lines;
  const shown = isCut ? chooseRows(rows, Math.max(1, size.lines - 1)) : rows;
  const name = Math.min(
    LONGEST_NAME,
    Math.max(0, ...shown.map((row) => textWidth(showControls(row.stage)))),
  );
  const lines = shown.map((row) => formatRow(row, name, size.columns, paint));
  return isCut && size.lines > 1
    ? [...lines, paint('dim', cutToWidth(summarize(rows), size.columns))]
    : lines;
}

function formatRow(
  row: TableRow,
  nameWidth: number,
  columns: number,
  paint: (colour: Colour, text: string) => string,
): string {
  const name = padToWidth(cutToWidth(showControls(row.stage), nameWidth), nameWidth);
  const state = row.state.padEnd(9);
  const time = (row.seconds === undefined ? '' : formatSeconds(row.seconds)).padStart(11);
  const cells: readonly (readonly [Colour | undefined, string])[] = [
    [row.state === 'running' ? 'bold' : undefined, name],
    [colourOfState(row.state), `  ${state}`],
    [undefined, time],
    ['dim', `  ${describeDetail(row.detail)}`],
  ];
  let left = columns;
  let line = '';
  for (const [colour, cell] of cells) {
    const text = cutToWidth(cell, left).trimEnd();
    const width = textWidth(cell);
    line += colour === undefined ? text : paint(colour, text);
    if (textWidth(text) < Math.min(width, left))
      line += ' '.repeat(Math.min(width, left) - textWidth(text));
    left -= width;
    if (left <= 0) break;
  }
  return line.trimEnd();
}

/** A line of output has colours of its own, which a cut could leave on. */
function describeDetail(detail: string): string {
  return showControls(stripVTControlCharacters(detail).replaceAll('\t', ' ')).trim();
}

function colourOfState(state: TableRow['state']): Colour | undefined {
  if (state === 'waiting') return 'dim';
  return state === 'running' ? 'bold' : colourOf(state);
}

/** What runs, what failed, what comes next, what has just ended; in the order of the plan. */
function chooseRows(rows: readonly TableRow[], count: number): readonly TableRow[] {
  const weight = (row: TableRow): number => {
    if (row.state === 'running') return 0;
    if (row.state === 'failed') return 1;
    return row.state === 'waiting' ? 2 : 3;
  };
  const chosen = rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => weight(a.row) - weight(b.row) || a.at - b.at)
    .slice(0, count);
  return chosen.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

function summarize(rows: readonly TableRow[]): string {
  const count = (state: TableRow['state']): number =>
    rows.filter((row) => row.state === state).length;
  const [running, waiting] = [count('running'), count('waiting')];
  return `${rows.length - running - waiting} of ${rows.length} done, ${running} running, ${waiting} waiting`;
}
