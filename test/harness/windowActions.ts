/** What a test inside the extension host may ask of the window that it runs in, as its user would do it. */
export type WindowAction =
  | ({ readonly action: 'click' } & Target & Click)
  | ({ readonly action: 'hover' | 'text' | 'ariaSnapshot' | 'count' } & Target)
  | ({ readonly action: 'fill'; readonly value: string } & Target)
  | ({ readonly action: 'waitFor'; readonly state: WaitState } & Target)
  | { readonly action: 'press' | 'type' | 'runCommand' | 'screenshot'; readonly value: string };

/** One element: a Playwright selector, in the workbench or inside a web view. */
export interface Target {
  readonly selector: string;
  /** The title of the web view that holds the element. */
  readonly frame?: string;
  /** How long to wait for the element, in milliseconds; default 20 000. */
  readonly timeout?: number;
}

export interface Click {
  readonly button?: 'left' | 'right';
  /** 2 for a double click. */
  readonly clicks?: number;
}

export type WaitState = 'visible' | 'hidden' | 'attached' | 'detached';

/** The answer to an action: what it read, or why it failed. */
export type WindowAnswer =
  | { readonly ok: true; readonly value: string | number | void }
  | { readonly ok: false; readonly error: string };

/** The environment variable that holds the address of the endpoint. */
export const WINDOW_ADDRESS = 'ML_PREFLIGHT_TEST_WINDOW';
