import { escapeHtml } from '../base/escape';

/** What the shell of a web view refers to. */
export interface ViewShell {
  /** The view's bundle: `dist/webview/<view>.js` as the web view may load it. */
  readonly scriptUri: string;
  /** `dist/webview/codicons/codicon.css` as the web view may load it. */
  readonly codiconUri: string;
  /** The sources that the editor allows for styles and fonts. */
  readonly cspSource: string;
  /** Fresh for every page; the one script that may run carries it. */
  readonly nonce: string;
  readonly title: string;
}

/**
 * The page of a web view: nothing but the places that its script fills. Nothing of a project is in it.
 * Styles may be inline because the elements set positions and sizes; scripts may not.
 */
export function renderViewHtml(shell: ViewShell): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${shell.nonce}'`,
    `style-src ${shell.cspSource} 'unsafe-inline'`,
    `font-src ${shell.cspSource}`,
    // The layout of a large graph; such an address can only be made by the one script.
    'worker-src blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(shell.title)}</title>
<link rel="stylesheet" href="${escapeHtml(shell.codiconUri)}" id="vscode-codicon-stylesheet" nonce="${escapeHtml(shell.nonce)}">
</head>
<body>
<main id="view" aria-label="${escapeHtml(shell.title)}"></main>
<script nonce="${escapeHtml(shell.nonce)}" src="${escapeHtml(shell.scriptUri)}"></script>
</body>
</html>
`;
}
