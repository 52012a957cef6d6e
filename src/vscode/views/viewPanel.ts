import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { renderViewHtml } from '../../protocol/html';
import type { FromView, ToView, ViewState } from '../../protocol/view';
import type { ViewContents, ViewName } from '../../protocol/views';
import { parseFromView } from './fromView';

/** What a panel's user asked for that the panel cannot do by itself. */
export type ViewRequest = Exclude<FromView, { type: 'ready' } | { type: 'copy' }>;

/**
 * One web view, at most one panel of each kind. It keeps the last state and sends it whenever the view (re)loads,
 * so that nothing has to be retained while it is hidden.
 */
export class ViewPanel<Name extends ViewName> implements Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private state: ViewState<ViewContents[Name]> | undefined;

  constructor(
    private readonly name: Name,
    private readonly title: string,
    private readonly extensionUri: vscode.Uri,
    private readonly onRequest: (request: ViewRequest) => Promise<void>,
    private readonly onClose: () => void = () => {},
  ) {}

  /** Shows a state, and the panel itself unless it is open already and stays in the background. */
  async show(
    state: ViewState<ViewContents[Name]>,
    options: { readonly reveal: boolean },
  ): Promise<void> {
    this.state = state;
    if (this.panel === undefined) {
      if (!options.reveal) return;
      this.panel = this.createPanel();
      return;
    }
    if (options.reveal) this.panel.reveal();
    await this.post();
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  private createPanel(): vscode.WebviewPanel {
    const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const panel = vscode.window.createWebviewPanel(
      `mlPreflight.${this.name}`,
      this.title,
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [root] },
    );
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extensionUri, 'media', 'preflightLight.svg'),
      dark: vscode.Uri.joinPath(this.extensionUri, 'media', 'preflightDark.svg'),
    };
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.onClose();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    panel.webview.html = renderViewHtml({
      title: this.title,
      scriptUri: panel.webview
        .asWebviewUri(vscode.Uri.joinPath(root, `${this.name}.js`))
        .toString(),
      codiconUri: panel.webview
        .asWebviewUri(vscode.Uri.joinPath(root, 'codicons', 'codicon.css'))
        .toString(),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
    });
    return panel;
  }

  private async receive(message: unknown): Promise<void> {
    const request = parseFromView(message);
    switch (request?.type) {
      case undefined:
        return;
      case 'ready':
        return this.post();
      case 'copy':
        await vscode.env.clipboard.writeText(request.text);
        vscode.window.setStatusBarMessage(`Copied ${request.what}`, 3000);
        return;
      case 'open':
      case 'run':
      case 'cancel':
        return this.onRequest(request);
    }
  }

  private async post(): Promise<void> {
    if (this.state === undefined) return;
    const message: ToView<ViewContents[Name]> = { type: 'state', state: atPresent(this.state) };
    await this.panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.panel?.dispose();
  }
}

/** The state of content that was made now. */
export function readyState<Content>(content: Content): ViewState<Content> {
  const now = Date.now();
  return { kind: 'ready', content, now, time: now };
}

/** Relative times are those of the moment in which a view is shown again. */
function atPresent<Content>(state: ViewState<Content>): ViewState<Content> {
  return state.kind === 'ready' ? { ...state, now: Date.now() } : state;
}
