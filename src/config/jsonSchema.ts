import { toJSONSchema } from 'zod/v4/core';
import { configSchema } from './config';

/** The JSON Schema (draft 7) of preflight.yaml, as editors use it for completion. */
export function configJsonSchema(): string {
  const schema = toJSONSchema(configSchema, { target: 'draft-07', io: 'input' });
  return `${JSON.stringify({ title: 'ML Preflight configuration', ...schema }, null, 2)}\n`;
}
