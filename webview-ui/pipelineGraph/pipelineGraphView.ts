import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../../src/base/format';
import type { GraphStage } from '../../src/protocol/content';
import type { ViewState } from '../../src/protocol/view';
import type { ViewContents } from '../../src/protocol/views';
import { copyButton, copyTableButtons } from '../shared/copyButtons';
import '../shared/dataTable';
import { rememberLast } from '../shared/remember';
import { sortRows, type Sort } from '../shared/tableModel';
import { readThemeColours } from '../shared/themeColours';
import { renderButton, renderVerdict } from '../shared/verdictHeader';
import { ViewElement } from '../shared/viewElement';
import './graphCanvas';
import type { GraphCanvas } from './graphCanvas';
import { graphHeadline } from './graphHeadline';
import { toSvg } from './graphSvg';
import { renderToolbar } from './graphToolbar';
import { LayoutKeeper } from './layoutKeeper';
import { toMermaid } from './mermaid';
import { makePicture, type Picture } from './picture';
import { readPipelineGraphSaved, type PipelineGraphSaved } from './pipelineGraphSaved';
import { boxesOf, matchingStages } from './searchStages';
import { renderDetails } from './stageDetails';
import { stageTable } from './stageTable';
import { SHOWN_STATES, stateOf, toolName } from './stageWords';
import type { Viewport } from './viewport';

type Content = ViewContents['pipelineGraph'];
type Ready = Extract<ViewState<Content>, { kind: 'ready' }>;

/** The pipeline as a graph: what runs after what, what is stale and why. */
@customElement('preflight-pipeline-graph')
export class PipelineGraphView extends ViewElement<Content, PipelineGraphSaved> {
  private readonly layouts = new LayoutKeeper(() => this.requestUpdate());
  private readonly pictureOf = rememberLast(makePicture);
  private readonly matchesOf = rememberLast(matchingStages);
  private readonly headlineOf = rememberLast(graphHeadline);
  private ticking: number | undefined;

  constructor() {
    super(readPipelineGraphSaved);
    this.addEventListener('keydown', this.onKey);
  }

  private get canvas(): GraphCanvas | null {
    return this.querySelector('preflight-graph');
  }

  protected override receiveContent({ stages, selected }: Content): void {
    // A new wish of the editor wins over an older choice.
    if (selected !== undefined && selected.asked > this.saved.asked) {
      this.save({ selected: selected.stage, asked: selected.asked });
    }
    window.clearInterval(this.ticking);
    const isRunning = stages.some(({ status }) => status === 'running');
    if (isRunning) this.ticking = window.setInterval(() => this.requestUpdate(), 1000);
  }

  protected override renderContent(content: Content, ready: Ready): TemplateResult {
    const { stages } = content;
    const { asTable, selected, folds, search, state } = this.saved;
    const picture = this.pictureOf(stages, folds);
    const found = this.matchesOf(stages, this.filterOf(search, state));
    const chosen =
      picture.nodes.get(selected ?? '') ??
      picture.nodes.get(picture.boxOf.get(selected ?? '') ?? '');
    return html`${this.renderHeader(content, picture, ready)}
      ${this.renderTools(stages, picture, found)}
      <div class="graph-area">
        ${asTable ? this.renderTable(stages, found, ready) : this.renderGraph(content, picture, found, chosen?.id, ready)}
        ${
          chosen === undefined
            ? nothing
            : renderDetails(chosen, {
                picture,
                post: this.post,
                now: this.hostNow(ready),
                whenSelected: (id) => this.goTo(id),
                whenFolded: (family, folded) => this.fold(family, folded, picture),
                whenClosed: () => this.save({ selected: undefined }),
              })
        }
      </div>`;
  }

  private readonly filterOf = rememberLast(
    (search: string, state: PipelineGraphSaved['state']) => ({ search, state }),
  );

  private renderHeader(
    { project, stages }: Content,
    picture: Picture,
    ready: Ready,
  ): TemplateResult {
    const { tone, text } = this.headlineOf(stages);
    const { direction, asTable } = this.saved;
    const layout = asTable ? undefined : this.layouts.of(picture, direction);
    const tools = [...new Set(stages.map(({ tool }) => toolName(tool)))];
    return renderVerdict({
      tone,
      headline: text,
      facts: [project, formatCount(stages.length, 'stage'), tools.slice(0, 4).join(', ')],
      actions: [
        layout === undefined
          ? nothing
          : copyButton('SVG', 'Copy graph as SVG', this.post, () =>
              toSvg(picture, layout, readThemeColours()),
            ),
        copyButton('Mermaid', 'Copy graph as Mermaid', this.post, () =>
          toMermaid(picture, direction),
        ),
        copyTableButtons(stageTable(stages, this.hostNow(ready)), this.post),
        renderButton(
          'Run Pipeline',
          { type: 'run', command: 'mlPreflight.pipeline.run', arguments: [] },
          this.post,
          'primary',
        ),
      ],
    });
  }

  private renderTools(
    stages: readonly GraphStage[],
    picture: Picture,
    found: ReadonlySet<string> | undefined,
  ): TemplateResult {
    const { search, state, direction, asTable } = this.saved;
    return renderToolbar({
      stages,
      search,
      state,
      found: found?.size,
      direction,
      asTable,
      whenSearched: (text) => this.save({ search: text }),
      whenStepped: (step) => this.stepThrough(found, picture, step),
      whenFiltered: (shown) => this.save({ state: shown }),
      whenTurned: (turned) => this.save({ direction: turned, viewport: undefined }),
      whenSwitched: (table) => this.save({ asTable: table }),
    });
  }

  private renderGraph(
    { project, stages }: Content,
    picture: Picture,
    found: ReadonlySet<string> | undefined,
    selected: string | undefined,
    ready: Ready,
  ): TemplateResult {
    const { direction, viewport } = this.saved;
    const layout = this.layouts.of(picture, direction);
    const matched = found === undefined ? undefined : boxesOf(found, picture);
    return html`${
        layout === undefined
          ? html`<p class="laying-out muted" role="status">
              Laying out ${formatCount(picture.nodes.size, 'stage')}…
            </p>`
          : nothing
      }<preflight-graph
        .picture=${picture}
        .layout=${layout}
        .label=${`Pipeline ${project}`}
        .selected=${selected}
        .found=${matched}
        .beginAt=${selected ?? gravestBox(stages, picture)}
        .viewport=${viewport}
        .now=${stages.some(({ status }) => status === 'running') ? this.hostNow(ready) : undefined}
        .whenSelected=${(id: string | undefined) => this.save({ selected: id })}
        .whenOpened=${(id: string) => this.open(id, picture)}
        .whenMoved=${(moved: Viewport) => this.save({ viewport: moved })}
      ></preflight-graph>`;
  }

  private renderTable(
    stages: readonly GraphStage[],
    found: ReadonlySet<string> | undefined,
    ready: Ready,
  ): TemplateResult {
    const { sort, selected, tableScroll } = this.saved;
    const model = stageTable(
      found === undefined ? stages : stages.filter(({ id }) => found.has(id)),
      this.hostNow(ready),
    );
    const sorted = { ...model, rows: sortRows(model, sort) };
    return html`<div class="table-area">
      <preflight-table
        .model=${sorted}
        .selected=${selected}
        .sort=${sort}
        .startScroll=${tableScroll}
        .whenSelected=${(id: string) => this.save({ selected: id })}
        .whenSorted=${(next: Sort | undefined) => this.save({ sort: next })}
        .whenScrolled=${(scroll: number) => this.save({ tableScroll: scroll })}
      ></preflight-table>
    </div>`;
  }

  private goTo(id: string): void {
    this.save({ selected: id });
    this.canvas?.centreOn(id);
  }

  private stepThrough(
    found: ReadonlySet<string> | undefined,
    picture: Picture,
    step: 1 | -1,
  ): void {
    const boxes = [...boxesOf(found ?? [], picture)];
    const at = boxes.indexOf(
      picture.boxOf.get(this.saved.selected ?? '') ?? this.saved.selected ?? '',
    );
    const next =
      boxes[
        at === -1 ? (step === 1 ? 0 : boxes.length - 1) : (at + step + boxes.length) % boxes.length
      ];
    if (next !== undefined) this.goTo(next);
  }

  private fold(family: string, folded: boolean, picture: Picture): void {
    const member = [...picture.nodes.values()].find(({ family: its }) => its?.id === family);
    const selected = folded ? family : member?.stages[0]?.id;
    this.save({ folds: { ...this.saved.folds, [family]: folded }, selected });
  }

  private open(id: string, { nodes }: Picture): void {
    const stage = nodes.get(id)?.stages[0];
    if (stage === undefined) return;
    const { file, line } = stage.source;
    this.post({ type: 'open', file, line });
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const isField = event.target instanceof HTMLInputElement;
    const isFind = event.key === 'f' && (event.ctrlKey || event.metaKey);
    if (!isFind && (event.key !== '/' || isField)) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>('.search input')?.select();
  };
}

/** Where to look first. */
function gravestBox(stages: readonly GraphStage[], { boxOf }: Picture): string | undefined {
  const weight = (stage: GraphStage): number => SHOWN_STATES.indexOf(stateOf(stage));
  const [gravest] = stages.toSorted((a, b) => weight(a) - weight(b));
  return gravest === undefined ? undefined : boxOf.get(gravest.id);
}
