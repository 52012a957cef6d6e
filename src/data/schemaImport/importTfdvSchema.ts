import {
  messageOf,
  messagesOf,
  protoNumberOf,
  protoTextOf,
  textsOf,
  type ProtoMessage,
} from '../peers/protoText';
import type { ColumnType } from '../profile/profile';
import type { ImportedSchema } from './importedSchema';
import { SchemaBuilder } from './schemaBuilder';

const TOOL = 'TensorFlow Data Validation';

/**
 * A schema of TensorFlow Data Validation in protobuf's text format; undefined where it is none.
 * https://github.com/tensorflow/metadata/blob/master/tensorflow_metadata/proto/v0/schema.proto
 */
export function importTfdvSchema(message: ProtoMessage): ImportedSchema | undefined {
  const features = messagesOf(message, 'feature');
  if (features.length === 0 && messageOf(message, 'dataset_constraints') === undefined) {
    return undefined;
  }
  const builder = new SchemaBuilder();
  const domains = new Map(
    messagesOf(message, 'string_domain').map((domain) => [protoTextOf(domain, 'name'), domain]),
  );
  for (const feature of features) importFeature(builder, feature, domains);
  // There, a column that the schema does not name is an anomaly.
  builder.table({ extraColumns: 'error' });
  importTable(builder, message);
  return builder.finish(TOOL, undefined);
}

function finiteOf(message: ProtoMessage, name: string): number | undefined {
  const number = protoNumberOf(message, name);
  return Number.isFinite(number) ? number : undefined;
}

type Domains = ReadonlyMap<string | undefined, ProtoMessage>;

const UNCHECKED = /^(?:PLANNED|ALPHA|DEPRECATED|DISABLED|DEBUG_ONLY)$/;

function importFeature(builder: SchemaBuilder, feature: ProtoMessage, domains: Domains): void {
  const name = protoTextOf(feature, 'name');
  if (name === undefined) return builder.refuse('feature', undefined, 'it has no name');
  const stage = protoTextOf(feature, 'lifecycle_stage') ?? '';
  const isUnchecked = UNCHECKED.test(stage) || protoTextOf(feature, 'deprecated') === 'true';
  builder.column(name);
  if (isUnchecked) {
    builder.optional(name);
    return builder.refuse(
      'feature',
      name,
      `it is not checked there either (${stage || 'deprecated'})`,
    );
  }
  importPresence(builder, name, feature);
  importType(builder, name, feature);
  importDomain(builder, name, feature, domains);
  refuseRest(builder, name, feature);
}

function importPresence(builder: SchemaBuilder, name: string, feature: ProtoMessage): void {
  const presence = messageOf(feature, 'presence');
  const fraction = presence === undefined ? undefined : finiteOf(presence, 'min_fraction');
  const count = presence === undefined ? undefined : finiteOf(presence, 'min_count');
  if (fraction !== undefined) builder.nulls(name, 1 - fraction);
  if (!((fraction ?? 0) > 0 || (count ?? 0) > 0)) builder.optional(name);
  if ((count ?? 0) > 1) {
    builder.refuse('presence.min_count', name, 'a share may be missing here, not a number of rows');
  }
}

const TYPES: Readonly<Record<string, ColumnType>> = { INT: 'integer', FLOAT: 'number' };

function importType(builder: SchemaBuilder, name: string, feature: ProtoMessage): void {
  const type = protoTextOf(feature, 'type') ?? '';
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (known !== undefined) return builder.type(name, known, 'type');
  if (type === 'BYTES') {
    const isNamed = ['domain', 'string_domain', 'bool_domain'].some((field) =>
      feature.fields.some((one) => one.name === field),
    );
    if (!isNamed) builder.refuse('type BYTES', name, 'it may be texts, dates or times here');
  } else if (type !== '' && type !== 'TYPE_UNKNOWN') {
    builder.refuse(`type ${type}`, name, 'what is nested has no schema here');
  }
}

function importDomain(
  builder: SchemaBuilder,
  name: string,
  feature: ProtoMessage,
  domains: Domains,
): void {
  const reference = protoTextOf(feature, 'domain');
  const strings =
    messageOf(feature, 'string_domain') ??
    (reference === undefined ? undefined : domains.get(reference));
  if (strings !== undefined) importStrings(builder, name, feature, strings);
  else if (reference !== undefined) {
    builder.refuse('domain', name, `there is no string_domain "${reference}"`);
  }
  for (const kind of ['int_domain', 'float_domain']) {
    const numbers = messageOf(feature, kind);
    if (numbers === undefined) continue;
    const bounds = { min: finiteOf(numbers, 'min'), max: finiteOf(numbers, 'max') };
    builder.range(name, bounds, { check: kind });
  }
  const booleans = messageOf(feature, 'bool_domain');
  if (booleans !== undefined) importBooleans(builder, name, feature, booleans);
}

function importStrings(
  builder: SchemaBuilder,
  name: string,
  feature: ProtoMessage,
  domain: ProtoMessage,
): void {
  const values = textsOf(domain, 'value');
  const constraints = messageOf(feature, 'distribution_constraints');
  const mass = constraints === undefined ? undefined : finiteOf(constraints, 'min_domain_mass');
  // An empty domain is one that is not known yet.
  if (values.length > 0) builder.domain(name, values, { check: 'string_domain', mostly: mass });
}

function importBooleans(
  builder: SchemaBuilder,
  name: string,
  feature: ProtoMessage,
  domain: ProtoMessage,
): void {
  if (protoTextOf(feature, 'type') !== 'BYTES') {
    return builder.domain(name, [0, 1], { check: 'bool_domain' });
  }
  const words = ['true_value', 'false_value'].map((field) => protoTextOf(domain, field));
  const isPlain = words.every((word) => word === undefined || /^(?:true|false)$/i.test(word));
  if (isPlain) builder.type(name, 'boolean', 'bool_domain');
  else
    builder.domain(
      name,
      words.filter((word) => word !== undefined),
      { check: 'bool_domain' },
    );
}

const COMPARED = 'distributions are compared with the baseline by PSI (`drift`)';

/** What is checked there and has no place here. What only describes is not told. */
const REFUSED: Readonly<Record<string, string>> = {
  skew_comparator: COMPARED,
  drift_comparator: COMPARED,
  unique_constraints: 'how many values there are is not demanded',
  in_environment: 'there are no environments here',
  not_in_environment: 'there are no environments here',
  group_presence: 'what is nested has no schema here',
  struct_domain: 'what is nested has no schema here',
  natural_language_domain: 'there is no such domain here',
  image_domain: 'there is no such domain here',
  mid_domain: 'there is no such domain here',
  url_domain: 'there is no such domain here',
  time_domain: 'there is no such domain here; dates have the type `date` or `timestamp`',
  time_of_day_domain: 'there is no such domain here',
};

function refuseRest(builder: SchemaBuilder, name: string, feature: ProtoMessage): void {
  for (const field of new Set(feature.fields.map((each) => each.name))) {
    const why = Object.hasOwn(REFUSED, field) ? REFUSED[field] : undefined;
    if (why !== undefined) builder.refuse(field, name, why);
  }
  const counts = messageOf(feature, 'value_count');
  const most = counts === undefined ? undefined : finiteOf(counts, 'max');
  const sizes = messagesOf(feature, 'shape').flatMap((shape) => messagesOf(shape, 'dim'));
  const isList =
    (counts !== undefined && most !== 1) || sizes.some((size) => finiteOf(size, 'size') !== 1);
  if (isList) builder.refuse('value_count', name, 'a column has one value in each row here');
}

function importTable(builder: SchemaBuilder, message: ProtoMessage): void {
  const constraints = messageOf(message, 'dataset_constraints');
  if (constraints !== undefined) {
    builder.rows({
      min: finiteOf(constraints, 'min_examples_count'),
      max: finiteOf(constraints, 'max_examples_count'),
    });
    for (const { name } of constraints.fields) {
      if (!name.endsWith('_comparator')) continue;
      builder.refuse(name, undefined, 'the number of rows is compared with the baseline');
    }
  }
  for (const name of ['sparse_feature', 'weighted_feature']) {
    for (const feature of messagesOf(message, name)) {
      builder.refuse(name, protoTextOf(feature, 'name'), 'a column stands for itself here');
    }
  }
}
