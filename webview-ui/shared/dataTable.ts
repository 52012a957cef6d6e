import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { rowAfterKey, rowWindow, scrollToReveal } from './rowWindow';
import { columnFractions, renderCell } from './tableCell';
import {
  hoverText,
  nextSort,
  type Sort,
  type TableColumn,
  type TableModel,
  type TableRow,
} from './tableModel';
import { visibleText } from './visibleText';

const ROW_HEIGHT = 22;

/**
 * A table of any length: only the rows in sight are drawn, and the active one, so that the focus is never lost.
 * One stop for the Tab key (a roving tab index); arrow keys, Page Up and Down, Home and End move, Enter selects.
 */
@customElement('preflight-table')
export class DataTable extends LitElement {
  /** Already in the order of `sort`. */
  @property({ attribute: false }) model: TableModel | undefined;
  /** The key of the selected row. */
  @property({ attribute: false }) selected: string | undefined;
  @property({ attribute: false }) sort: Sort | undefined;
  /** Where to begin; afterwards the table scrolls by itself. */
  @property({ attribute: false }) startScroll = 0;
  @property({ attribute: false }) whenSelected: ((key: string) => void) | undefined;
  @property({ attribute: false }) whenSorted: ((sort: Sort | undefined) => void) | undefined;
  @property({ attribute: false }) whenScrolled: ((scrollTop: number) => void) | undefined;

  @state() private activeKey: string | undefined;
  @state() private scrolled = 0;
  @state() private viewHeight = 600;
  private readonly resizes = new ResizeObserver(() => this.measure());
  private fractions: readonly number[] = [];

  private get scroller(): HTMLElement | null {
    return this.querySelector('.table-scroll');
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('model') && this.model !== undefined) {
      this.fractions = columnFractions(this.model);
    }
    if (!this.hasUpdated) this.scrolled = this.startScroll;
  }

  protected override firstUpdated(): void {
    if (this.scroller === null) return;
    this.scroller.scrollTop = this.startScroll;
    this.resizes.observe(this.scroller);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (model === undefined) return nothing;
    const active = this.activeIndex(model);
    const tracks = model.columns.map(({ track }) => track).join(' ');
    return html`<div
      class="table-scroll"
      role="grid"
      aria-label=${visibleText(model.label)}
      aria-rowcount=${model.rows.length + 1}
      style=${styleMap({ '--tracks': tracks })}
      @scroll=${this.onScroll}
      @keydown=${this.onKey}
    >
      <div role="rowgroup" class="table-head">
        <div role="row" class="table-row" aria-rowindex="1">
          ${model.columns.map((column) => this.renderTitle(model, column))}
        </div>
      </div>
      <div
        role="rowgroup"
        class="table-body"
        style=${styleMap({ height: `${model.rows.length * ROW_HEIGHT}px` })}
      >
        ${repeat(
          this.drawnRows(model, active),
          ({ row }) => row.key,
          ({ row, index }) => this.renderRow(model, row, index, index === active),
        )}
      </div>
    </div>`;
  }

  private renderTitle(model: TableModel, column: TableColumn): TemplateResult {
    const sorted = this.sort?.column === column.id ? this.sort : undefined;
    const order = sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending';
    return html`<div
      role="columnheader"
      class="table-cell ${column.align === undefined ? '' : 'numeric'}"
      aria-sort=${order}
    >
      <button
        class="title"
        @click=${() => this.whenSorted?.(nextSort(model, this.sort, column.id))}
      >
        <span>${column.title}</span
        ><span
          class="codicon ${
            sorted === undefined ? '' : `codicon-arrow-${sorted.descending ? 'down' : 'up'}`
          }"
          aria-hidden="true"
        ></span>
      </button>
    </div>`;
  }

  private renderRow(
    model: TableModel,
    row: TableRow,
    index: number,
    active: boolean,
  ): TemplateResult {
    const selected = row.key === this.selected;
    return html`<div
      role="row"
      class="table-row ${selected ? 'selected' : ''}"
      aria-rowindex=${index + 2}
      aria-selected=${selected ? 'true' : 'false'}
      tabindex=${active ? 0 : -1}
      data-index=${index}
      style=${styleMap({ top: `${index * ROW_HEIGHT}px` })}
      @click=${() => this.activate(row)}
      @focus=${() => (this.activeKey = row.key)}
    >
      ${model.columns.map((column, position) => {
        const cell = row.cells[position] ?? { text: '' };
        return html`<div
          role="gridcell"
          class="table-cell ${column.align === undefined ? '' : 'numeric'}"
          title=${visibleText(hoverText(cell), 1000)}
        >
          ${renderCell(cell, column, this.fractions[position] ?? 0)}
        </div>`;
      })}
    </div>`;
  }

  private drawnRows(
    model: TableModel,
    activeIndex: number,
  ): readonly { row: TableRow; index: number }[] {
    const { first, end } = rowWindow(model.rows.length, ROW_HEIGHT, this.scrolled, this.viewHeight);
    const drawn = model.rows.slice(first, end).map((row, offset) => ({
      row,
      index: first + offset,
    }));
    const active = model.rows[activeIndex];
    if (active === undefined || (activeIndex >= first && activeIndex < end)) return drawn;
    // In the order of the table: a row that is moved in the page loses the focus.
    const outside = { row: active, index: activeIndex };
    return activeIndex < first ? [outside, ...drawn] : [...drawn, outside];
  }

  /** The row that the Tab key leads to: the one that was active, else the selected one, else the first. */
  private activeIndex(model: TableModel): number {
    const key = this.activeKey ?? this.selected;
    return Math.max(
      0,
      model.rows.findIndex((row) => row.key === key),
    );
  }

  private activate(row: TableRow): void {
    this.activeKey = row.key;
    this.whenSelected?.(row.key);
  }

  private readonly onScroll = (): void => {
    this.scrolled = this.scroller?.scrollTop ?? 0;
    this.whenScrolled?.(this.scrolled);
  };

  private measure(): void {
    this.viewHeight = this.scroller?.clientHeight ?? this.viewHeight;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { model, scroller } = this;
    const onRow = event.target instanceof HTMLElement && event.target.matches('[data-index]');
    if (model === undefined || scroller === null || !onRow) return;
    const index = this.activeIndex(model);
    const row = model.rows[index];
    if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) {
      event.preventDefault();
      this.activate(row);
      return;
    }
    const page = Math.max(1, Math.floor(this.viewHeight / ROW_HEIGHT) - 2);
    const next = rowAfterKey(event.key, index, model.rows.length, page);
    if (next === undefined) return;
    event.preventDefault();
    void this.moveTo(next, scroller, model);
  };

  private async moveTo(index: number, scroller: HTMLElement, model: TableModel): Promise<void> {
    this.activeKey = model.rows[index]?.key;
    const inside = scroller.clientHeight - ROW_HEIGHT;
    scroller.scrollTop = scrollToReveal(index, ROW_HEIGHT, scroller.scrollTop, inside);
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }
}
