import * as z from 'zod/mini';
import { BYTE_SIZE } from './byteSize';

/** The schema of preflight.yaml. The JSON Schema for completion is generated from it. */

export const STAGE_KINDS = [
  'ingest',
  'prepare',
  'validate',
  'train',
  'evaluate',
  'deploy',
  'other',
] as const;
export const DATASET_ROLES = [
  'train',
  'validation',
  'test',
  'reference',
  'production',
  'other',
] as const;

export const DATASET_FORMATS = [
  'csv',
  'tsv',
  'parquet',
  'jsonl',
  'json',
  'arrow',
  'sqlite',
  'excel',
  'numpy',
  'images',
] as const;

const text = z.optional(z.string());
const texts = z.optional(z.array(z.string()));
const described = <T extends z.ZodMiniType>(type: T, description: string): T =>
  type.check(z.describe(description));

const dataset = described(
  z.strictObject({
    path: described(
      z.string(),
      'A file, a folder or a glob, relative to this file; file::name for one table, sheet or array of a file.',
    ),
    format: described(
      z.optional(z.enum(DATASET_FORMATS)),
      'What the files are; default: as their names say.',
    ),
    role: z.optional(z.enum(DATASET_ROLES)),
    label: described(text, 'The column that the model predicts.'),
    key: described(text, 'The column that identifies a row.'),
    group: described(text, 'The column whose rows belong together (patient, user).'),
    results: described(
      texts,
      'Files and globs of what other tools found in it: Great Expectations, Evidently, Deepchecks, pointblank, pandera, TFDV, Deequ.',
    ),
    baseline: described(text, 'The dataset to compare with; default: its own committed baseline.'),
  }),
  'One dataset; what is left out is detected.',
);

const positive = z.number().check(z.positive());

const resources = z.strictObject({
  cpus: described(z.optional(positive), 'Processors.'),
  memory: described(
    z.optional(z.union([positive, z.string().check(z.regex(BYTE_SIZE))])),
    'Memory: 4GB, 512MiB, or bytes.',
  ),
  gpus: described(z.optional(z.number().check(z.minimum(0))), 'Graphics processors.'),
});

const stage = z.strictObject({
  run: described(
    text,
    'The command, as a shell would run it. Left out, the stage of this name is run by the tool that describes it.',
  ),
  cwd: text,
  dependencies: texts,
  outputs: texts,
  parameters: texts,
  metrics: texts,
  kind: z.optional(z.enum(STAGE_KINDS)),
  resources: described(z.optional(resources), 'What the stage needs for itself while it runs.'),
});

const predictions = z.strictObject({
  path: z.string(),
  id: z.string(),
  label: z.string(),
  score: text,
  prediction: text,
  slices: texts,
});

const model = z.strictObject({
  path: text,
  metrics: texts,
  predictions: z.optional(predictions),
});

const metricRule = described(
  z.strictObject({
    margin: described(
      z.optional(z.number().check(z.minimum(0))),
      'How much worse than the baseline is still acceptable (absolute).',
    ),
    floor: described(z.optional(z.number()), 'The value must not be below this.'),
    ceiling: described(z.optional(z.number()), 'The value must not be above this.'),
    direction: described(
      z.optional(z.enum(['higher', 'lower'])),
      'Which direction is better; default: inferred from the name.',
    ),
    ignore: described(z.optional(z.boolean()), 'Show this metric, but do not judge it.'),
  }),
  'What the gate demands of one metric.',
);

const gate = z.strictObject({
  baseline: described(
    text,
    'A version reference; default: the merge base with the default branch, else HEAD.',
  ),
  metrics: z.optional(z.record(z.string(), metricRule)),
  policy: described(
    z.optional(
      z.record(z.string(), z.strictObject({ inconclusive: z.optional(z.enum(['block', 'warn'])) })),
    ),
    'Per branch (a glob): what an inconclusive comparison does.',
  ),
});

export const configSchema = z.strictObject({
  version: z.optional(z.literal(1)),
  datasets: z.optional(z.record(z.string(), dataset)),
  stages: z.optional(z.record(z.string(), stage)),
  models: z.optional(z.record(z.string(), model)),
  resources: described(
    z.optional(resources),
    'What the stages that run at once share; default: what the machine has.',
  ),
  gate: z.optional(gate),
});

/** preflight.yaml as it was written: everything is optional, nothing has been filled in. */
export type Config = z.infer<typeof configSchema>;
export type Resources = z.infer<typeof resources>;
export type MetricRule = z.infer<typeof metricRule>;
export type MetricRules = Readonly<Record<string, MetricRule>>;
