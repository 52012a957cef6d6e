import type { Dataset } from '../../project/project';
import type { Finding, Fix } from '../finding';
import type { ColumnProfile, Profile } from '../profile/profile';
import type { ColumnSchema, Schema } from '../schema/schema';
import { allowRule, type SchemaEdit } from '../schema/schemaEdit';

/** What a check judges. The two profiles share edges and categories. */
export interface CheckContext {
  readonly dataset: Dataset;
  readonly current: Profile;
  readonly reference?: Profile;
  readonly schema: Schema;
  /** False where the schema was only inferred from the reference: nobody has confirmed it yet. */
  readonly confirmed: boolean;
  /** When this is judged. */
  readonly now: Date;
}

/** One rule. Pure: the same context gives the same findings, in the order of the columns. */
export interface Check {
  /** Its name, that of its file and of its page in `media/docs/checks/`. */
  readonly rule: string;
  find(context: CheckContext): readonly Finding[];
}

/** At most this many values stand in a finding. */
export const MOST_SAMPLES = 20;

/** A column that both the data and the schema have. */
export interface KnownColumn {
  readonly name: string;
  readonly current: ColumnProfile;
  readonly reference?: ColumnProfile;
  readonly schema: ColumnSchema;
}

/** Every check asks for them: of a context they are found once. */
const KNOWN = new WeakMap<CheckContext, readonly KnownColumn[]>();

export function knownColumns(context: CheckContext): readonly KnownColumn[] {
  const known = KNOWN.get(context) ?? findKnown(context);
  KNOWN.set(context, known);
  return known;
}

function findKnown({ current, reference, schema }: CheckContext): readonly KnownColumn[] {
  const now = byName(current);
  const before = reference === undefined ? undefined : byName(reference);
  return schema.columns.flatMap((column) => {
    const found = now.get(column.name);
    if (found === undefined) return [];
    const past = before?.get(column.name);
    const known = { name: column.name, current: found, schema: column };
    return [past === undefined ? known : { ...known, reference: past }];
  });
}

function byName(profile: Profile): ReadonlyMap<string, ColumnProfile> {
  return new Map(profile.columns.map((column) => [column.name, column]));
}

/** `"a" (3 times), "b" and 2 more`, of text that is not escaped. */
export function listValues(values: readonly string[], shown = 3): string {
  const rest = values.length - shown;
  const listed = rest === 1 ? values : values.slice(0, shown);
  return rest > 1 ? `${listed.join(', ')} and ${rest} more` : joinWithAnd(listed);
}

function joinWithAnd(values: readonly string[]): string {
  if (values.length < 2) return values.join('');
  return `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}

/** A value in quotes, cut where it is long. */
export function quote(value: string): string {
  return `"${value.length > 60 ? `${value.slice(0, 59)}…` : value}"`;
}

/** The fix of a finding about a column. */
export function accepting(rule: string, column: string, title: string, edit: SchemaEdit): Fix {
  return { title, accept: `${rule}:${column}`, edit };
}

/** The fix of a finding that no demand on the column would accept: the rule is not applied to it any more. */
export function silencing(rule: string, column: string): Fix {
  const title = `Do not apply ${rule} to ${quote(column)}`;
  return accepting(rule, column, title, allowRule(rule, column));
}

/** The fix of a finding about a whole dataset. */
export function acceptingDataset(rule: string, title: string, edit: SchemaEdit): Fix {
  return { title, accept: rule, edit };
}
