import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatElapsed, formatSeconds } from '../../src/base/format';
import type { GraphRun, GraphStage } from '../../src/protocol/content';
import type { ViewCommand } from '../../src/protocol/view';
import { codicon } from '../shared/codicon';
import type { Post } from '../shared/host';
import { renderLink } from '../shared/reasonList';
import { relativeTime } from '../shared/relativeTime';
import { visibleText } from '../shared/visibleText';
import type { Picture, PictureNode } from './picture';
import { kindIcon, lookOf, stateOf, toolName } from './stageWords';

/** Of long lists; the graph has the others. */
const SHOWN = 12;

export interface DetailsOptions {
  readonly picture: Picture;
  readonly post: Post;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly whenSelected: (id: string) => void;
  readonly whenFolded: (family: string, folded: boolean) => void;
  readonly whenClosed: () => void;
}

/** What is known of the selected stage, and what can be done with it. */
export function renderDetails(node: PictureNode, options: DetailsOptions): TemplateResult {
  const [stage] = node.stages;
  const label = `${node.folded ? 'Stages' : 'Stage'} ${visibleText(node.name)}`;
  return html`<aside class="details" role="region" aria-label=${label}>
    <div class="details-head">
      <h2 title=${visibleText(node.name, 1000)}><bdi>${visibleText(node.name, 120)}</bdi></h2>
      <button class="tool" title="Close (Escape)" aria-label="Close" @click=${options.whenClosed}>
        ${codicon('close')}
      </button>
    </div>
    ${node.folded ? renderMembers(node, options) : stage === undefined ? nothing : renderStage(stage, options)}
    ${renderFold(node, options)} ${renderNeighbours('Reads from', node.upstream, options)}
    ${renderNeighbours('Read by', node.downstream, options)}
  </aside>`;
}

function renderStage(stage: GraphStage, options: DetailsOptions): TemplateResult {
  const { icon, tone, word } = lookOf(stateOf(stage));
  const { file, line } = stage.source;
  return html`<p class="details-state">
      <span class="codicon codicon-${icon} ${tone}" aria-hidden="true"></span>
      <span class="word">${word}</span>
      <span class="muted"
        >${codicon(kindIcon(stage.kind))} ${stage.kind} · ${toolName(stage.tool)}</span
      >
    </p>
    ${renderReasons(stage)} ${renderActions(stage, options.post)}
    <dl class="details-facts">
      ${
        stage.command === ''
          ? nothing
          : html`<dt>Command</dt>
              <dd>
                <pre
                  tabindex="0"
                  aria-label="Command"
                ><code>${commandText(stage.command)}</code></pre>
              </dd>`
      }
      <dt>Last run</dt>
      <dd>${renderRun(stage.lastRun, options.now)}</dd>
      <dt>Defined in</dt>
      <dd>
        ${renderLink({ title: `${file}:${line}`, message: { type: 'open', file, line } }, options.post)}
      </dd>
    </dl>`;
}

/** Line by line as written; what would not be seen in a line becomes visible. */
function commandText(command: string): string {
  return command
    .slice(0, 4000)
    .split(/\r?\n/)
    .map((line) => visibleText(line, 2000))
    .join('\n');
}

function renderReasons({ reasons, notRunnable }: GraphStage): TemplateResult | typeof nothing {
  if (reasons.length === 0 && notRunnable === undefined) return nothing;
  const more = reasons.length - SHOWN;
  return html`<ul class="details-reasons" aria-label="Reasons">
    ${reasons.slice(0, SHOWN).map((reason) => html`<li dir="auto">${visibleText(reason, 600)}</li>`)}
    ${more > 0 ? html`<li class="muted">and ${more} more</li>` : nothing}
    ${notRunnable === undefined ? nothing : html`<li dir="auto">${visibleText(notRunnable, 600)}</li>`}
  </ul>`;
}

function renderActions(stage: GraphStage, post: Post): TemplateResult {
  const action = (icon: string, title: string, command: ViewCommand): TemplateResult =>
    html`<button
      class="tool action"
      @click=${() => post({ type: 'run', command, arguments: [stage.id] })}
    >
      ${codicon(icon)}${title}
    </button>`;
  const isRunning = stage.status === 'running';
  return html`<div class="details-actions" role="group" aria-label="Actions">
    ${
      stage.notRunnable !== undefined
        ? nothing
        : isRunning
          ? action('debug-stop', 'Stop', 'mlPreflight.stage.stop')
          : html`${action('play', 'Run', 'mlPreflight.stage.run')}
            ${action('run-below', 'Run Downstream', 'mlPreflight.stage.runDownstream')}
            ${action('debug-alt', 'Debug', 'mlPreflight.stage.debug')}`
    }
    ${stage.lastRun === undefined ? nothing : action('output', 'Show Log', 'mlPreflight.stage.showLog')}
    <button class="tool action" @click=${() => post({ type: 'open', ...place(stage) })}>
      ${codicon('go-to-file')}Open Definition
    </button>
  </div>`;
}

function place({ source: { file, line } }: GraphStage): { file: string; line: number } {
  return { file, line };
}

function renderRun(run: GraphRun | undefined, now: number): TemplateResult {
  if (run === undefined) return html`<span class="muted">none recorded here</span>`;
  const { status, started, seconds, exitCode } = run;
  const time = relativeTime(started, now);
  if (seconds === undefined) {
    const elapsed = formatElapsed((now - started) / 1000);
    return html`running for ${elapsed}, started ${time}`;
  }
  const code =
    exitCode === null || exitCode === undefined || exitCode === 0
      ? ''
      : ` with exit code ${exitCode}`;
  return html`${status}${code} after ${formatSeconds(seconds)}, ${time}`;
}

function renderMembers({ stages }: PictureNode, { post }: DetailsOptions): TemplateResult {
  return html`<h3>${formatCount(stages.length, 'stage')}</h3>
    <ul class="details-list" aria-label="Members">
      ${stages.slice(0, 100).map((stage) => {
        const { icon, tone, word } = lookOf(stateOf(stage));
        return html`<li>
          <span class="codicon codicon-${icon} ${tone}" aria-hidden="true"></span>
          ${renderLink({ title: stage.name, message: { type: 'open', ...place(stage) } }, post)}
          <span class="muted">${word}</span>
        </li>`;
      })}
      ${stages.length > 100 ? html`<li class="muted">and ${stages.length - 100} more</li>` : nothing}
    </ul>`;
}

function renderFold(
  { family, folded }: PictureNode,
  { whenFolded }: DetailsOptions,
): TemplateResult | typeof nothing {
  if (family === undefined) return nothing;
  const count = family.members.length;
  const title = folded
    ? `Unfold ${count} stages`
    : `Fold ${count} stages of ${visibleText(family.name, 60)}`;
  return html`<button class="tool action" @click=${() => whenFolded(family.id, !folded)}>
    ${codicon(folded ? 'unfold' : 'fold')}${title}
  </button>`;
}

function renderNeighbours(
  title: string,
  ids: readonly string[],
  { picture, whenSelected }: DetailsOptions,
): TemplateResult | typeof nothing {
  if (ids.length === 0) return nothing;
  const more = ids.length - SHOWN;
  return html`<h3>${title}</h3>
    <ul class="details-list" aria-label=${title}>
      ${ids.slice(0, SHOWN).map(
        (id) =>
          html`<li>
            <button class="link" @click=${() => whenSelected(id)}>
              <bdi>${visibleText(picture.nodes.get(id)?.name ?? id, 60)}</bdi>
            </button>
          </li>`,
      )}
      ${more > 0 ? html`<li class="muted">and ${more} more</li>` : nothing}
    </ul>`;
}
