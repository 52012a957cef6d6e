/** The theme's colours for what is drawn on a canvas, where style sheets do not reach. */
export interface ThemeColours {
  readonly reference: string;
  readonly current: string;
  readonly marked: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly background: string;
  /** Around bars in the high-contrast themes; transparent in the others. */
  readonly outline: string;
  readonly tooltipBackground: string;
  readonly tooltipText: string;
  readonly tooltipBorder: string;
  readonly font: string;
}

export function readThemeColours(): ThemeColours {
  const style = getComputedStyle(document.documentElement);
  const read = (...names: readonly string[]): string => {
    const values = names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim());
    return values.find((value) => value !== '') ?? 'transparent';
  };
  return {
    reference: read('charts-lines', 'disabledForeground'),
    current: read('charts-blue'),
    marked: read('charts-red', 'errorForeground'),
    text: read('foreground', 'editor-foreground'),
    muted: read('descriptionForeground', 'foreground'),
    line: read('editorWidget-border', 'contrastBorder', 'panel-border'),
    background: read('editor-background'),
    outline: read('contrastBorder'),
    tooltipBackground: read('editorHoverWidget-background'),
    tooltipText: read('editorHoverWidget-foreground', 'foreground'),
    tooltipBorder: read('editorHoverWidget-border', 'contrastBorder'),
    font: read('font-family'),
  };
}

/** Calls back whenever the editor's theme changes. Returns what ends it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return () => observer.disconnect();
}
