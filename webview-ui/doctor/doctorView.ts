import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../../src/base/format';
import type { DoctorGroup, DoctorLine } from '../../src/protocol/content';
import type { ViewState } from '../../src/protocol/view';
import type { ViewContents } from '../../src/protocol/views';
import { copyButton } from '../shared/copyButtons';
import { codicon } from '../shared/codicon';
import { renderLink, renderReasons } from '../shared/reasonList';
import type { ReasonItem } from '../shared/reasonItem';
import { relativeTime } from '../shared/relativeTime';
import { renderButton, renderVerdict } from '../shared/verdictHeader';
import { ViewElement } from '../shared/viewElement';
import { visibleText } from '../shared/visibleText';
import { doctorReasons, lineActions, quietGroups, toneOfReport } from './doctorReasons';
import { readDoctorSaved, type DoctorSaved } from './doctorSaved';

type Content = ViewContents['doctor'];
type Ready = Extract<ViewState<Content>, { kind: 'ready' }>;

/** Doctor: whether everything that is needed is here, what is not and what to do about it, and what was found. */
@customElement('preflight-doctor')
export class DoctorView extends ViewElement<Content, DoctorSaved> {
  constructor() {
    super(readDoctorSaved);
  }

  protected override renderContent(content: Content, ready: Ready): TemplateResult {
    const reasons = doctorReasons(content.report);
    return html`${this.renderHeader(content, ready)}
    ${reasons.length === 0 ? nothing : this.renderReasonsOf(reasons)}
    ${quietGroups(content.report).map((group) => this.renderGroup(group))}`;
  }

  private renderHeader({ report, markdown }: Content, ready: Ready): TemplateResult {
    const age = relativeTime(ready.time, this.hostNow(ready));
    const count = report.groups.reduce((sum, { lines }) => sum + lines.length, 0);
    return renderVerdict({
      tone: toneOfReport(report),
      headline: report.headline,
      facts: [`${formatCount(count, 'thing')} looked at`, ...(age === nothing ? [] : [age])],
      actions: [
        copyButton('Markdown', 'Copy report as Markdown', this.post, () => markdown),
        renderButton(
          'Check Again',
          { type: 'run', command: 'mlPreflight.doctor.open', arguments: [] },
          this.post,
          'secondary',
        ),
      ],
    });
  }

  private renderReasonsOf(reasons: readonly ReasonItem[]): TemplateResult {
    return html`<section>
      <h2>What to Do</h2>
      ${renderReasons(reasons, {
        label: 'What to do',
        noun: 'thing',
        shown: 50,
        post: this.post,
        showAll: this.saved.allReasons,
        whenShowAll: () => this.save({ allReasons: true }),
      })}
    </section>`;
  }

  private renderGroup({ title, lines }: DoctorGroup): TemplateResult {
    return html`<section>
      <h2><bdi>${visibleText(title)}</bdi></h2>
      <dl class="lines">${lines.map((line) => this.renderLine(line))}</dl>
    </section>`;
  }

  private renderLine(line: DoctorLine): TemplateResult {
    const { name, value, notes = [], fix } = line;
    return html`<div>
      <dt><bdi>${visibleText(name)}</bdi></dt>
      <dd>
        <div class="line-head">
          <bdi>${visibleText(value, 600)}</bdi>
          ${lineActions(line).map((action) => renderLink(action, this.post))}
        </div>
        ${notes.map((note) => html`<p class="muted" dir="auto">${visibleText(note, 400)}</p>`)}
        ${
          fix === undefined
            ? nothing
            : html`<p class="fix" dir="auto">${codicon('lightbulb')} ${visibleText(fix, 400)}</p>`
        }
      </dd>
    </div>`;
  }
}
