import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import { formatCount, formatElapsed } from '../../src/base/format';
import { codicon } from '../shared/codicon';
import { visibleText } from '../shared/visibleText';
import type { Weight } from './emphasis';
import type { Picture, PictureNode } from './picture';
import type { PlacedBox } from './placed';
import { describeStates, gravestState, kindIcon, lookOf, toolName } from './stageWords';

export interface BoxState {
  readonly selected: boolean;
  /** The one stop of the Tab key. */
  readonly active: boolean;
  readonly weight: Weight;
  /** Milliseconds since the epoch, where something runs. */
  readonly now: number | undefined;
}

/** One stage, or a folded family of stages. */
export function renderBox(
  node: PictureNode,
  place: PlacedBox,
  { selected, active, weight, now }: BoxState,
  picture: Picture,
): TemplateResult {
  const state = gravestState(node.stages);
  const { icon, tone, word } = lookOf(state);
  const [first] = node.stages;
  const facts = node.folded ? describeStates(node.stages) : word;
  const elapsed = elapsedOf(node, now);
  return html`<div
    class=${classMap({ box: true, [weight]: true, selected, folded: node.folded })}
    role="treeitem"
    data-id=${node.id}
    data-state=${state}
    tabindex=${active ? '0' : '-1'}
    aria-selected=${String(selected)}
    aria-level=${place.layer + 1}
    aria-expanded=${node.folded ? 'false' : nothing}
    aria-label=${describeBox(node, facts, picture)}
    title=${visibleText(node.name, 1000)}
    style=${styleMap({ transform: `translate(${place.x}px, ${place.y}px)` })}
  >
    <span
      aria-hidden="true"
      class="codicon codicon-${icon} ${tone} ${state === 'running' ? 'codicon-modifier-spin' : ''}"
    ></span>
    <span class="box-text" aria-hidden="true">
      <bdi class="box-name">${visibleText(node.name)}</bdi>
      <span class="box-facts"
        >${first === undefined ? nothing : codicon(kindIcon(first.kind))}<span class="box-word"
          >${facts}${elapsed}</span
        >${
          first === undefined || node.folded || picture.isOfOneTool || elapsed !== ''
            ? nothing
            : html`<span class="box-tool">${toolName(first.tool)}</span>`
        }</span
      >
    </span>
    ${node.folded ? html`<span class="box-count" aria-hidden="true">${node.stages.length}</span>` : nothing}
  </div>`;
}

/** ` · 16 s` of one stage that runs, in the place of its tool; a screen reader is not told of every second. */
function elapsedOf({ stages, folded }: PictureNode, now: number | undefined): string {
  const [stage] = stages;
  const started = stage?.status === 'running' ? stage.lastRun?.started : undefined;
  if (folded || started === undefined || now === undefined) return '';
  return ` · ${formatElapsed((now - started) / 1000)}`;
}

/** What a screen reader says: the picture in words. */
function describeBox(
  { name, stages, folded, upstream, downstream }: PictureNode,
  facts: string,
  picture: Picture,
): string {
  const [first] = stages;
  const what = folded ? formatCount(stages.length, 'stage') : `${first?.kind ?? ''} stage`;
  const parts = [visibleText(name), what, facts, first === undefined ? '' : toolName(first.tool)];
  if (upstream.length > 0) parts.push(`after ${listNames(upstream, picture)}`);
  if (downstream.length > 0) parts.push(`before ${listNames(downstream, picture)}`);
  return parts.filter((part) => part !== '').join(', ');
}

function listNames(ids: readonly string[], { nodes }: Picture): string {
  const names = ids.slice(0, 3).map((id) => visibleText(nodes.get(id)?.name ?? id, 60));
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return `${names.join(' and ')}${more}`;
}

/** The id of the box that an event happened in. */
export function boxAt({ target }: Event): string | undefined {
  const box = target instanceof Element ? target.closest<HTMLElement>('.box') : null;
  return box?.dataset.id;
}

export function focusBox(within: Element, id: string): void {
  const boxes = within.querySelectorAll<HTMLElement>('.box');
  [...boxes].find(({ dataset }) => dataset.id === id)?.focus({ preventScroll: true });
}
