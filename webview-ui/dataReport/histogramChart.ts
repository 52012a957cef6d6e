import { Chart } from 'chart.js';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { readThemeColours, watchTheme } from '../shared/themeColours';
import { visibleText } from '../shared/visibleText';
import { chartConfiguration, chartedBins } from './chartSetup';
import type { HistogramModel } from './histogramModel';

/** The chart of one column. Its numbers are in the table behind it; here it is one picture with a name. */
@customElement('preflight-histogram')
export class HistogramChart extends LitElement {
  @property({ attribute: false }) model: HistogramModel | undefined;
  @property({ attribute: false }) name = '';
  private chart: Chart | undefined;
  private endThemeWatch: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.endThemeWatch = watchTheme(() => this.draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endThemeWatch?.();
    this.chart?.destroy();
    this.chart = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (model === undefined) return nothing;
    const rows = chartedBins(model).length;
    const height = model.kind === 'numbers' ? 220 : 52 + rows * 32;
    const what = model.hasReference ? 'reference and current shares' : 'current shares';
    return html`<div class="chart" style="height: ${height}px">
      <canvas
        role="img"
        aria-label="Histogram of ${visibleText(this.name)}: ${what} in ${model.bins.length} bins"
      ></canvas>
    </div>`;
  }

  protected override updated(): void {
    this.draw();
  }

  /** Puts the chart on the clipboard as a PNG, on the editor's background. @throws where it is refused. */
  async copyImage(): Promise<void> {
    const canvas = this.querySelector('canvas');
    if (canvas === null) return;
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext('2d');
    if (context === null) return;
    context.fillStyle = readThemeColours().background;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
    const png = new Promise<Blob>((resolve, reject) => {
      copy.toBlob((blob) => {
        if (blob === null) reject(new Error('The chart is empty.'));
        else resolve(blob);
      }, 'image/png');
    });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  }

  private draw(): void {
    const canvas = this.querySelector('canvas');
    if (canvas === null || this.model === undefined) return;
    this.chart?.destroy();
    this.chart = new Chart(canvas, chartConfiguration(this.model, readThemeColours()));
  }
}
