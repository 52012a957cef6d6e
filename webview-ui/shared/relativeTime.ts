import { html, nothing, type TemplateResult } from 'lit';
import { formatAge } from '../../src/base/format';

/** `5 minutes ago`, with the exact time on hover. Milliseconds since the epoch. */
export function relativeTime(
  time: number | undefined,
  now: number,
): TemplateResult | typeof nothing {
  if (time === undefined) return nothing;
  const date = new Date(time);
  return html`<time datetime=${date.toISOString()} title=${date.toLocaleString()}
    >${formatAge(time, now)}</time
  >`;
}
