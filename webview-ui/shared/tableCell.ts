import { html, nothing, svg, type TemplateResult } from 'lit';
import { toneIcon } from './codicon';
import { fractionFiller, longestFraction, splitNumber } from './decimals';
import { barsPath, stepsPath } from './sparkline';
import type { Graphic, TableCell, TableColumn, TableModel } from './tableModel';
import { visibleText } from './visibleText';

const WIDTH = 96;
const HEIGHT = 16;

/** What stands in one cell. `fraction` is the column's width after the decimal point, in characters. */
export function renderCell(cell: TableCell, column: TableColumn, fraction: number): TemplateResult {
  const muted = cell.muted === true ? 'muted' : '';
  return html`${cell.tone === undefined ? nothing : toneIcon(cell.tone)}${
      cell.graphic === undefined ? nothing : renderGraphic(cell.graphic)
    }<bdi class="text ${muted}"
      >${column.align === 'decimal' ? renderNumber(cell.text, fraction) : visibleText(cell.text)}</bdi
    >`;
}

/** For each column, how many characters stand after the decimal point at most, with the point. */
export function columnFractions({ columns, rows }: TableModel): readonly number[] {
  return columns.map(({ align }, index) =>
    align === 'decimal' ? longestFraction(rows.map(({ cells }) => cells[index]?.text ?? '')) : 0,
  );
}

/** A number whose decimal point stands below those of the rows above, which have the same unit. */
function renderNumber(text: string, longest: number): TemplateResult {
  const { whole, fraction, unit } = splitNumber(text);
  const filler = fractionFiller(fraction, longest);
  return html`${whole}${fraction}${unit}<span class="filler" aria-hidden="true">${filler}</span>`;
}

function renderGraphic(graphic: Graphic): TemplateResult {
  switch (graphic.kind) {
    case 'histogram':
      return renderHistogram(graphic.reference, graphic.current);
    case 'change':
      return renderChange(graphic.size, graphic.tone);
  }
}

/** The reference as muted bars, the current data as a line of steps over them. */
function renderHistogram(
  reference: readonly number[] | undefined,
  current: readonly number[] | undefined,
): TemplateResult {
  const highest = Math.max(0, ...(reference ?? []), ...(current ?? []));
  return html`<svg class="spark" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    ${
      reference === undefined
        ? nothing
        : svg`<path class="spark-reference" d=${barsPath(reference, highest, WIDTH, HEIGHT)} />`
    }
    ${
      current === undefined
        ? nothing
        : svg`<path class=${reference === undefined ? 'spark-only' : 'spark-current'} d=${
            reference === undefined
              ? barsPath(current, highest, WIDTH, HEIGHT)
              : stepsPath(current, highest, WIDTH, HEIGHT)
          } />`
    }
  </svg>`;
}

/** A bar from the middle: to the right better, to the left worse. */
function renderChange(size: number, tone: string): TemplateResult {
  const middle = WIDTH / 2;
  const length = Math.max(Math.abs(size) * (middle - 2), size === 0 ? 0 : 1);
  return html`<svg class="spark" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    <rect
      class="change tone-${tone}"
      x=${size < 0 ? middle - length : middle}
      y="4"
      width=${length}
      height="8"
    />
    <path class="spark-axis" d="M${middle} 1V${HEIGHT - 1}" />
  </svg>`;
}
