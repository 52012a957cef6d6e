import type { LitElement } from 'lit';

/** Puts a view into the page's shell, with its style sheets. */
export function mountView(view: LitElement, styles: readonly string[]): void {
  document.adoptedStyleSheets = styles.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  document.getElementById('view')?.append(view);
}
