import type { FromView, ToView, ViewState } from '../../src/protocol/view';

/** What the editor gives to a web view; it may be acquired once per page. */
interface EditorApi {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): EditorApi;

export type Post = (message: FromView) => void;

/** The editor as a view sees it. */
export interface Host {
  readonly post: Post;
  /** What `save` last kept, over hiding and reload; unknown, for an older version may have written it. */
  readonly saved: unknown;
  save(state: unknown): void;
}

/** Connects to the editor and asks for the state; every state that comes is handed on. */
export function connectHost<Content>(onState: (state: ViewState<Content>) => void): Host {
  const editor = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<ToView<Content> | undefined>) => {
    if (data?.type === 'state') onState(data.state);
  });
  const host: Host = {
    post: (message) => editor.postMessage(message),
    saved: editor.getState(),
    save: (state) => editor.setState(state),
  };
  host.post({ type: 'ready' });
  return host;
}
