import { z } from 'zod';

/** The zod schema of preflight.yaml. The JSON Schema for completion is generated from it. */

const datasetRole = z.enum(['train', 'validation', 'test', 'reference', 'production', 'other']);
const stageKind = z.enum(['ingest', 'prepare', 'validate', 'train', 'evaluate', 'deploy', 'other']);
const direction = z.enum(['higher', 'lower']);
const onInconclusive = z.enum(['block', 'warn']);

const dataset = z
  .strictObject({
    path: z.string().meta({ description: 'A file or a glob, relative to this file.' }),
    role: datasetRole.optional(),
    label: z.string().optional().meta({ description: 'The column that the model predicts.' }),
    key: z.string().optional().meta({ description: 'The column that identifies a row.' }),
    group: z
      .string()
      .optional()
      .meta({ description: 'The column whose rows belong together (patient, user).' }),
    baseline: z
      .string()
      .optional()
      .meta({ description: 'The dataset to compare with; default: its own committed baseline.' }),
  })
  .meta({ description: 'One dataset; what is left out is detected.' });

const stage = z.strictObject({
  run: z.string().meta({ description: 'The command, as a shell would run it.' }),
  cwd: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  outputs: z.array(z.string()).optional(),
  parameters: z.array(z.string()).optional(),
  metrics: z.array(z.string()).optional(),
  kind: stageKind.optional(),
});

const predictions = z.strictObject({
  path: z.string(),
  id: z.string(),
  label: z.string(),
  score: z.string().optional(),
  prediction: z.string().optional(),
  slices: z.array(z.string()).optional(),
});

const model = z.strictObject({
  path: z.string().optional(),
  metrics: z.array(z.string()).optional(),
  predictions: predictions.optional(),
});

const metricRule = z
  .strictObject({
    margin: z
      .number()
      .min(0)
      .optional()
      .meta({ description: 'How much worse than the baseline is still acceptable (absolute).' }),
    floor: z.number().optional().meta({ description: 'The value must not be below this.' }),
    ceiling: z.number().optional().meta({ description: 'The value must not be above this.' }),
    direction: direction
      .optional()
      .meta({ description: 'Which direction is better; default: inferred from the name.' }),
    ignore: z.boolean().optional().meta({ description: 'Show this metric, but do not judge it.' }),
  })
  .meta({ description: 'What the gate demands of one metric.' });

const gate = z.strictObject({
  baseline: z.string().optional().meta({
    description: 'A version reference; default: the merge base with the default branch, else HEAD.',
  }),
  metrics: z.record(z.string(), metricRule).optional(),
  policy: z
    .record(z.string(), z.strictObject({ inconclusive: onInconclusive.optional() }))
    .optional()
    .meta({ description: 'Per branch (a glob): what an inconclusive comparison does.' }),
});

export const configSchema = z.strictObject({
  version: z.literal(1).optional(),
  datasets: z.record(z.string(), dataset).optional(),
  stages: z.record(z.string(), stage).optional(),
  models: z.record(z.string(), model).optional(),
  gate: gate.optional(),
});

/** preflight.yaml as it was written: everything is optional, nothing has been filled in. */
export type Config = z.infer<typeof configSchema>;
export type MetricRule = z.infer<typeof metricRule>;
export type MetricRules = Readonly<Record<string, MetricRule>>;
