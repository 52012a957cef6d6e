import type { SetValue } from '../tools/stageTool';

/** Values of parameters for one run of one stage, and the way they reach it. */
export interface StageSetting {
  /** The stage's id. */
  readonly stage: string;
  readonly values: readonly SetValue[];
  readonly way: SettingWay;
}

export type SettingWay =
  /** The stage's own tool takes them. */
  | { readonly kind: 'tool'; readonly isApart: boolean }
  /** Options of a script: words for the end of the command, not yet quoted. */
  | { readonly kind: 'options'; readonly words: readonly string[] }
  /** A copy of the project, with these files in the place of the project's own, and words as above. */
  | {
      readonly kind: 'copy';
      readonly files: readonly EditedFile[];
      readonly words: readonly string[];
    };

export interface EditedFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

/** As the ledger has them. */
export function recordedValues(setting: StageSetting): Readonly<Record<string, string>> {
  return Object.fromEntries(setting.values.map(({ key, text }) => [key, text]));
}
