import type { Corruption } from './corruption';
import { LEARNING_KINDS } from './kinds/learningKinds';
import { ROW_KINDS } from './kinds/rowKinds';
import { SCHEMA_KINDS } from './kinds/schemaKinds';
import { VALUE_KINDS } from './kinds/valueKinds';

/** Every kind of corruption, by what it is about. */
export const KINDS: Readonly<Record<string, readonly Corruption[]>> = {
  'Columns and files': SCHEMA_KINDS,
  Values: VALUE_KINDS,
  'Rows and distributions': ROW_KINDS,
  'What is learned': LEARNING_KINDS,
};
