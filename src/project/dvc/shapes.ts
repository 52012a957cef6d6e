/** What may stand at a place of a file that DVC checks before it reads it (dvc/schema.py). */
export type Shape =
  | 'text'
  | 'switch'
  | 'number'
  | 'nothing'
  /** Whatever its names are, and what they stand for. */
  | 'map'
  | 'anything'
  | { readonly list: Shape }
  /** A map with any names. */
  | { readonly each: Shape }
  | { readonly entries: Readonly<Record<string, Shape>>; readonly required?: readonly string[] }
  | { readonly either: readonly Shape[] };

const TEXTS: Shape = { list: 'text' };
const ANNOTATIONS = { desc: 'text', type: 'text', labels: TEXTS, meta: 'anything' } as const;

const OUTPUT = {
  ...ANNOTATIONS,
  cache: 'switch',
  persist: 'switch',
  checkpoint: 'switch',
  remote: 'text',
  push: 'switch',
} as const;

const PLOT = {
  ...OUTPUT,
  template: 'text',
  x: 'text',
  y: 'text',
  x_label: 'text',
  y_label: 'text',
  title: 'text',
  header: 'switch',
} as const;

const OUTPUTS: Shape = { list: { either: ['text', { each: { entries: OUTPUT } }] } };
const VARS: Shape = { list: { either: ['text', 'map'] } };

/** A missing `cmd` is told apart from one that is wrong: see `StageReader.command`. */
const STAGE = {
  matrix: { each: { either: ['text', { list: 'anything' }] } },
  cmd: { either: ['text', { list: 'anything' }] },
  wdir: 'text',
  deps: TEXTS,
  params: {
    list: { either: ['text', { each: { either: [{ list: 'anything' }, 'nothing'] } }] },
  },
  vars: VARS,
  outs: OUTPUTS,
  metrics: OUTPUTS,
  plots: { list: { either: ['text', { each: { entries: PLOT } }] } },
  frozen: 'switch',
  always_changed: 'switch',
  meta: 'anything',
  desc: 'text',
} as const satisfies Readonly<Record<string, Shape>>;

export const STAGE_SHAPE: Shape = { entries: STAGE };

export const FOREACH_SHAPE: Shape = {
  entries: {
    foreach: { either: ['text', { list: 'anything' }, 'map'] },
    do: STAGE_SHAPE,
  },
  required: ['foreach', 'do'],
};

/** What is drawn, at the top of the file. */
const TOP_PLOT: Shape = {
  entries: {
    x: { either: ['text', { each: 'text' }] },
    y: { either: ['text', TEXTS, { each: { either: ['text', TEXTS] } }] },
    x_label: 'text',
    y_label: 'text',
    title: 'text',
    template: 'text',
  },
};

/** Of the whole dvc.yaml; what is in `stages` is checked one by one. */
export const PIPELINE_SHAPE: Shape = {
  entries: {
    datasets: 'anything',
    plots: { list: { either: ['text', { each: { either: [TOP_PLOT, 'nothing'] } }] } },
    stages: { each: 'anything' },
    vars: VARS,
    params: TEXTS,
    metrics: TEXTS,
    artifacts: { each: { entries: { path: 'text', ...ANNOTATIONS }, required: ['path'] } },
  },
};

const DIGESTS = { md5: 'text', checksum: 'text', etag: 'text' } as const;

const LOCKED_PATHS: Shape = {
  list: {
    entries: {
      ...DIGESTS,
      path: 'text',
      hash: 'text',
      size: 'number',
      nfiles: 'number',
      isexec: 'switch',
      version_id: 'text',
      remote: 'text',
      cloud: 'map',
      files: { list: 'map' },
      dataset: 'map',
    },
    required: ['path'],
  },
};

/** Of a dvc.lock. */
export const LOCK_SHAPE: Shape = {
  entries: {
    schema: 'text',
    datasets: 'anything',
    stages: {
      each: {
        entries: {
          cmd: { either: ['text', { list: 'anything' }] },
          deps: LOCKED_PATHS,
          params: { each: 'map' },
          outs: LOCKED_PATHS,
        },
        required: ['cmd'],
      },
    },
  },
  required: ['schema'],
};
