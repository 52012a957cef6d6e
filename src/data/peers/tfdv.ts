import { formatNumber } from '../../base/format';
import { failed, ok } from '../../base/result';
import type { Severity } from '../finding';
import { showProse } from './prose';
import { findingOf, type PeerFailure, type PeerReader } from './peerResult';
import {
  messageOf,
  messagesOf,
  protoNumberOf,
  protoTextOf,
  textsOf,
  type ProtoMessage,
} from './protoText';

const TOOL = 'TensorFlow Data Validation';

/**
 * The anomalies of TensorFlow Data Validation in protobuf's text format; each reason is a finding.
 * https://github.com/tensorflow/metadata/blob/master/tensorflow_metadata/proto/v0/anomalies.proto
 */
export const tfdv: PeerReader = {
  tool: TOOL,
  read(content, place) {
    if (content.kind !== 'proto') return undefined;
    const message = content.value;
    const names = new Set(message.fields.map(({ name }) => name));
    if (names.has('feature') && !names.has('anomaly_info')) {
      return failed({
        code: 'results-unknown',
        message: 'This is a schema of TensorFlow Data Validation, not the result of a check.',
        file: place.file,
        line: 1,
        fix: 'Import it: `ml-preflight import FILE`.',
      });
    }
    const isAnomalies = ['anomaly_info', 'dataset_anomaly_info', 'baseline', 'drift_skew_info'];
    if (!isAnomalies.some((name) => names.has(name))) return undefined;
    const found = anomaliesOf(message);
    const drifted = new Set(
      found.flatMap(({ rule, column }) => (rule === 'drift' ? (column ?? []) : [])),
    );
    const drifts = driftsOf(message).filter(({ column = '' }) => !drifted.has(column));
    return ok({
      tool: TOOL,
      findings: [...found, ...drifts].map((failure) => findingOf(TOOL, place, failure)),
      passed: 0,
    });
  },
};

function anomaliesOf(message: ProtoMessage): readonly PeerFailure[] {
  const ofColumns = message.fields.flatMap(({ name, value, line }) => {
    if (name !== 'anomaly_info' || typeof value !== 'object') return [];
    const info = messageOf(value, 'value');
    const column = columnOf(info) ?? protoTextOf(value, 'key');
    return info === undefined ? [] : failuresOf(info, column, line);
  });
  const ofDataset = message.fields.flatMap(({ name, value, line }) =>
    name === 'dataset_anomaly_info' && typeof value === 'object'
      ? failuresOf(value, undefined, line)
      : [],
  );
  return [...ofColumns, ...ofDataset];
}

function columnOf(message: ProtoMessage | undefined): string | undefined {
  const path = message === undefined ? undefined : messageOf(message, 'path');
  const steps = path === undefined ? [] : textsOf(path, 'step');
  return steps.length === 0 ? undefined : steps.join('.');
}

const SEVERITIES: Readonly<Record<string, Severity>> = { ERROR: 'error', WARNING: 'warning' };

function failuresOf(
  info: ProtoMessage,
  column: string | undefined,
  line: number,
): readonly PeerFailure[] {
  const severity = SEVERITIES[protoTextOf(info, 'severity') ?? ''] ?? 'warning';
  const reasons = messagesOf(info, 'reason');
  return (reasons.length === 0 ? [info] : reasons).map((reason) => {
    const check =
      protoTextOf(reason, 'type') ?? protoTextOf(info, 'short_description') ?? 'anomaly';
    const description = protoTextOf(reason, 'description') ?? protoTextOf(info, 'description');
    const subject = column === undefined ? '' : `"${column}": `;
    return {
      rule: ruleOf(check),
      severity,
      column,
      check,
      what: `${subject}${showProse(description ?? 'nothing more is told')}`,
      observed: /(?:actual = |value: )([^\s,;]+)/i.exec(description ?? '')?.[1],
      expected: /((?:minimum|maximum)[^,=]* = [^\s,]+)/i.exec(description ?? '')?.[1],
      samples: unknownValues(check, description ?? ''),
      line,
    };
  });
}

/** The first that fits; the names are those of `AnomalyInfo.Type`. */
const RULES: readonly (readonly [pattern: RegExp, rule: string])[] = [
  [/^SCHEMA_NEW_COLUMN$/, 'column-added'],
  [/^SCHEMA_MISSING_COLUMN$/, 'column-missing'],
  [/^ENUM_TYPE_UNEXPECTED_STRING_VALUES$/, 'category-unknown'],
  [/^FEATURE_TYPE_(?:LOW_FRACTION|LOW_NUMBER|NOT)_PRESENT$/, 'nulls-increased'],
  [/^(?:INT_TYPE_(?:BIG|SMALL)_INT|FLOAT_TYPE_(?:BIG|SMALL)_FLOAT)$/, 'out-of-range'],
  [/^FLOAT_TYPE_HAS_(?:NAN|INF)$/, 'nan-or-infinity'],
  [/^ENUM_TYPE_INVALID_UTF8$/, 'encoding-invalid'],
  [/^COMPARATOR_(?:L_INFTY|JENSEN_SHANNON|NORMALIZED_ABSOLUTE)/, 'drift'],
  [/^(?:DATASET|COMPARATOR)_(?:LOW|HIGH)_NUM_EXAMPLES$/, 'row-count-changed'],
  [/(?:UNEXPECTED_DATA_TYPE|_NOT_(?:INT|STRING|FLOAT)|_STRING_NOT_)/, 'type-changed'],
];

function ruleOf(type: string): string {
  return RULES.find(([pattern]) => pattern.test(type))?.[1] ?? type;
}

/** `…missing from the schema: Zurch (~3%), Bale (<1%).` */
function unknownValues(type: string, description: string): readonly string[] {
  if (type !== 'ENUM_TYPE_UNEXPECTED_STRING_VALUES') return [];
  const listed = description.slice(description.indexOf(': ') + 2);
  return [...listed.matchAll(/(.+?) \((?:~|<|>)?[\d.]+%\)(?:, |\.|$)/g)].map(
    ([, value]) => value ?? '',
  );
}

/** Measurements above their threshold, where no anomaly tells of them. */
function driftsOf(message: ProtoMessage): readonly PeerFailure[] {
  return messagesOf(message, 'drift_skew_info').flatMap((info) => {
    const column = columnOf(info);
    return ['drift_measurements', 'skew_measurements'].flatMap((kind) =>
      messagesOf(info, kind).flatMap((measurement): PeerFailure[] => {
        const value = protoNumberOf(measurement, 'value');
        const threshold = protoNumberOf(measurement, 'threshold');
        if (value === undefined || threshold === undefined || value <= threshold) return [];
        const unit = protoTextOf(measurement, 'type') ?? 'distance';
        const what = kind === 'drift_measurements' ? 'drifted' : 'is skewed';
        return [
          {
            rule: what === 'drifted' ? 'drift' : 'train-serving-skew',
            severity: 'error',
            column,
            check: unit,
            what: `"${column ?? ''}" ${what}: ${formatNumber(value)}; the threshold is ${formatNumber(threshold)}.`,
            observed: formatNumber(value),
            expected: `at most ${formatNumber(threshold)}`,
            effect: { value, unit, threshold },
          },
        ];
      }),
    );
  });
}
