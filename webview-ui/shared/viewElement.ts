import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { ViewState } from '../../src/protocol/view';
import { codicon, toneIcon } from './codicon';
import { connectHost, type Host, type Post } from './host';
import { visibleText } from './visibleText';

type Ready<Content> = Extract<ViewState<Content>, { kind: 'ready' }>;

/**
 * What every view does alike: it asks the editor for its state, shows work, emptiness and failure, and keeps
 * what the user chose (`Saved`) over hiding and reload. Rendered without a shadow root, for the style sheets
 * and the icon font are the page's.
 */
export abstract class ViewElement<
  Content,
  Saved extends { readonly scroll: number },
> extends LitElement {
  @state() private viewState: ViewState<Content> | undefined;
  @state() protected saved: Saved;
  private readonly host: Host;
  private receivedAt = 0;
  private scrollRestored = false;

  constructor(readSaved: (value: unknown) => Saved) {
    super();
    this.host = connectHost<Content>((viewState) => this.receive(viewState));
    this.saved = readSaved(this.host.saved);
  }

  protected abstract renderContent(content: Content, ready: Ready<Content>): TemplateResult;
  /** Called before content is shown for the first time, and when other content comes. */
  protected receiveContent?(content: Content): void;

  protected readonly post: Post = (message) => this.host.post(message);

  /** Keeps a choice of the user, and draws the view anew. */
  protected save(change: Partial<Saved>): void {
    this.saved = { ...this.saved, ...change };
    this.host.save(this.saved);
  }

  /** The host's clock now, in milliseconds since the epoch: ours may run differently. */
  protected hostNow(ready: Ready<Content>): number {
    return ready.now + (performance.now() - this.receivedAt);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('scroll', this.keepScroll, { passive: true });
    document.addEventListener('visibilitychange', this.refreshTimes);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('scroll', this.keepScroll);
    document.removeEventListener('visibilitychange', this.refreshTimes);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { viewState } = this;
    if (viewState === undefined) return nothing;
    switch (viewState.kind) {
      case 'working':
        return this.renderWorking(viewState);
      case 'empty':
        return this.renderEmpty(viewState);
      case 'failed':
        return this.renderFailed(viewState);
      case 'ready':
        return this.renderContent(viewState.content, viewState);
    }
  }

  protected override updated(): void {
    if (this.scrollRestored || this.viewState?.kind !== 'ready') return;
    this.scrollRestored = true;
    const { scroll } = this.saved;
    // After the tables inside have drawn themselves and the icons have their font: only then is the page as it was.
    requestAnimationFrame(() => {
      void document.fonts.ready.then(() => window.scrollTo(0, scroll));
    });
  }

  private receive(viewState: ViewState<Content>): void {
    this.receivedAt = performance.now();
    if (viewState.kind !== 'ready') this.scrollRestored = false;
    if (viewState.kind === 'ready') this.receiveContent?.(viewState.content);
    this.viewState = viewState;
  }

  private readonly keepScroll = (): void => {
    if (this.scrollRestored) this.host.save({ ...this.saved, scroll: window.scrollY });
  };

  private readonly refreshTimes = (): void => {
    if (!document.hidden) this.requestUpdate();
  };

  private renderWorking(working: Extract<ViewState<Content>, { kind: 'working' }>): TemplateResult {
    const { what, done, cancellable } = working;
    return html`<section class="notice" role="status">
      <p>
        ${visibleText(what)}${done === undefined ? nothing : html` · ${Math.round(100 * done)} %`}
      </p>
      <vscode-progress-bar
        aria-label=${visibleText(what)}
        .value=${done === undefined ? Number.NaN : done * 100}
      ></vscode-progress-bar>
      ${
        cancellable
          ? html`<vscode-button secondary @click=${() => this.post({ type: 'cancel' })}
              >Cancel</vscode-button
            >`
          : nothing
      }
    </section>`;
  }

  private renderEmpty(empty: Extract<ViewState<Content>, { kind: 'empty' }>): TemplateResult {
    const { message, command } = empty;
    return html`<section class="notice">
      <p>${codicon('info')} ${visibleText(message, 600)}</p>
      ${
        command === undefined
          ? nothing
          : html`<vscode-button
              @click=${() => this.post({ type: 'run', command: command.command, arguments: [] })}
              >${visibleText(command.title)}</vscode-button
            >`
      }
    </section>`;
  }

  private renderFailed({
    problem,
  }: Extract<ViewState<Content>, { kind: 'failed' }>): TemplateResult {
    const { file, line, fix } = problem;
    return html`<section class="notice" role="alert">
      <p>${toneIcon('error')} ${visibleText(problem.message, 600)}</p>
      ${fix === undefined ? nothing : html`<p>${visibleText(fix, 600)}</p>`}
      ${
        file === undefined
          ? nothing
          : html`<p>
              <button
                class="link"
                @click=${() => this.post({ type: 'open', file, ...(line === undefined ? {} : { line }) })}
              >
                <bdi>${visibleText(line === undefined ? file : `${file}:${line}`)}</bdi>
              </button>
            </p>`
      }
      <p class="muted">${problem.code}</p>
    </section>`;
  }
}
