import { html, nothing, type TemplateResult } from 'lit';
import type { GraphStage } from '../../src/protocol/content';
import { codicon } from '../shared/codicon';
import type { Direction } from './runDagre';
import { countStates, lookOf, type ShownState } from './stageWords';

export interface ToolbarOptions {
  readonly stages: readonly GraphStage[];
  readonly search: string;
  readonly state: ShownState | undefined;
  /** How many stages the search and the filter let through; undefined where there is none. */
  readonly found: number | undefined;
  readonly direction: Direction;
  readonly asTable: boolean;
  readonly whenSearched: (search: string) => void;
  /** Enter: the next one; with Shift, the one before. */
  readonly whenStepped: (step: 1 | -1) => void;
  readonly whenFiltered: (state: ShownState | undefined) => void;
  readonly whenTurned: (direction: Direction) => void;
  readonly whenSwitched: (asTable: boolean) => void;
}

/** The search, the legend that filters, and how the pipeline is drawn. */
export function renderToolbar(options: ToolbarOptions): TemplateResult {
  return html`<div class="graph-tools">
    ${renderSearch(options)} ${renderLegend(options)}
    <span class="tools">${renderSwitches(options)}</span>
  </div>`;
}

function renderSearch({
  search,
  found,
  whenSearched,
  whenStepped,
  stages,
}: ToolbarOptions): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') whenStepped(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') whenSearched('');
  };
  return html`<span class="search">
    <input
      type="search"
      placeholder="Search stages"
      aria-label="Search stages"
      title="Search stages (/); Enter goes to the next one"
      .value=${search}
      maxlength="200"
      @input=${(event: Event) => whenSearched((event.target as HTMLInputElement).value)}
      @keydown=${onKey}
    />
    <span class="muted" role="status"
      >${found === undefined ? nothing : `${found} of ${stages.length}`}</span
    >
  </span>`;
}

function renderLegend({ stages, state, whenFiltered }: ToolbarOptions): TemplateResult {
  return html`<span class="legend" role="group" aria-label="Statuses">
    ${countStates(stages).map((shown) => {
      const { icon, tone, word } = lookOf(shown.state);
      const pressed = state === shown.state;
      return html`<button
        class="tool toggle"
        aria-pressed=${String(pressed)}
        title=${pressed ? 'Show all stages' : `Show only what is ${word}`}
        @click=${() => whenFiltered(pressed ? undefined : shown.state)}
      >
        <span class="codicon codicon-${icon} ${tone}" aria-hidden="true"></span>${shown.count}
        ${word}
      </button>`;
    })}
  </span>`;
}

function renderSwitches({
  direction,
  asTable,
  whenTurned,
  whenSwitched,
}: ToolbarOptions): TemplateResult {
  const turned = direction === 'right' ? 'down' : 'right';
  const turn = turned === 'down' ? 'Draw from top to bottom' : 'Draw from left to right';
  const table = asTable ? 'Show as graph' : 'Show as table';
  return html`${
      asTable
        ? nothing
        : html`<button
            class="tool"
            title=${turn}
            aria-label=${turn}
            @click=${() => whenTurned(turned)}
          >
            ${codicon(turned === 'down' ? 'arrow-down' : 'arrow-right')}
          </button>`
    }<button class="tool" title=${table} @click=${() => whenSwitched(!asTable)}>
      ${codicon(asTable ? 'type-hierarchy-sub' : 'table')}${asTable ? 'Graph' : 'Table'}
    </button>`;
}
