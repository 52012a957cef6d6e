/** What `npm start` does with a sample after its first run, and what it proposes to try. */
export interface SampleStory {
  /** A change that makes the model better, as a second version to compare with. */
  readonly improvement: {
    readonly file: string;
    readonly replacements: readonly (readonly [before: RegExp, after: string])[];
    readonly message: string;
  };
  /** Shell lines, each with what will happen. */
  readonly tryNext: readonly { readonly command: string; readonly effect: string }[];
  /** The shell line that undoes it. */
  readonly undo: string;
}

const COMMIT = 'git commit -am "Try it"';

export const SAMPLE_STORIES: Readonly<Record<string, SampleStory>> = {
  tumours: {
    improvement: {
      file: 'params.yaml',
      replacements: [
        [/n_estimators: \d+/, 'n_estimators: 200'],
        [/max_depth: \d+/, 'max_depth: 6'],
        [/min_samples_leaf: \d+/, 'min_samples_leaf: 2'],
      ],
      message: 'Grow a larger forest',
    },
    tryNext: [
      {
        command: `perl -pi -e 's/mean_radius/radius_mm/' data/tumours.csv && ${COMMIT}`,
        effect: 'breaks a column of the data: the commit is refused',
      },
      {
        command: `perl -pi -e 's/max_depth: 6/max_depth: 1/' params.yaml && dvc repro && ${COMMIT}`,
        effect: 'makes the model worse: the commit is refused',
      },
    ],
    undo: 'git checkout HEAD -- . && dvc checkout',
  },
  admissions: {
    improvement: {
      file: 'config/config.yaml',
      replacements: [[/n_estimators: \d+/, 'n_estimators: 200']],
      message: 'Grow a larger forest',
    },
    tryNext: [
      {
        command: `perl -pi -e 's/gre_score/gre/' data/admissions.csv && ${COMMIT}`,
        effect: 'breaks a column of the data: the commit is refused',
      },
      {
        command: `perl -pi -e 's/max_depth: 6/max_depth: 1/' config/config.yaml && ml-preflight run && ${COMMIT}`,
        effect: 'makes the model worse: the commit is refused',
      },
    ],
    undo: 'git checkout HEAD -- .',
  },
};
