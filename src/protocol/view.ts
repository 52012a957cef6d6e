import type { Problem } from '../base/problem';

/**
 * What every web view and its host say to each other. The host sends the whole state, never a change of it;
 * the view sends what the user asked for. The host validates each message at the border.
 */
export type ViewState<Content> =
  | {
      readonly kind: 'working';
      readonly what: string;
      /** 0 to 1 where known. */ readonly done?: number;
      readonly cancellable: boolean;
    }
  | { readonly kind: 'empty'; readonly message: string; readonly command?: ViewAction }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | {
      readonly kind: 'ready';
      readonly content: Content;
      /** Milliseconds since the epoch, for relative times. */ readonly now: number;
      /** When the content was made, milliseconds since the epoch. */ readonly time?: number;
    };

/** A button: its title and the command that the host runs. */
export interface ViewAction {
  readonly title: string;
  readonly command: ViewCommand;
}

/** The only commands that a web view may ask for. */
export const VIEW_COMMANDS = [
  'mlPreflight.pipeline.run',
  'mlPreflight.stage.run',
  'mlPreflight.stage.runWith',
  'mlPreflight.stage.runDownstream',
  'mlPreflight.stage.debug',
  'mlPreflight.stage.stop',
  'mlPreflight.stage.showLog',
  'mlPreflight.data.validate',
  'mlPreflight.data.writeBaseline',
  'mlPreflight.data.compareWith',
  'mlPreflight.data.accept',
  'mlPreflight.data.showRows',
  'mlPreflight.data.compareRows',
  'mlPreflight.data.explainRule',
  'mlPreflight.models.compare',
  'mlPreflight.models.compareWith',
  'mlPreflight.gate.check',
  'mlPreflight.gate.openReport',
  'mlPreflight.hook.install',
  'mlPreflight.doctor.open',
] as const;
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

export type FromView =
  /** The view has loaded and wants its state. */
  | { readonly type: 'ready' }
  /** Open a file of the project, relative to its root. */
  | { readonly type: 'open'; readonly file: string; readonly line?: number }
  /** Run a command; the arguments are the dataset's name, `RULE:COLUMN` or a finding's place, a rule, a stage's id, or nothing. */
  | { readonly type: 'run'; readonly command: ViewCommand; readonly arguments: readonly string[] }
  /** Put text on the clipboard; `what` names it in the confirmation (`table as CSV`). */
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'cancel' };

export type ToView<Content> = { readonly type: 'state'; readonly state: ViewState<Content> };
