import type { Dataset } from '../../project/project';
import { valueCount, type ColumnProfile, type Profile } from './profile';

/** What is to be measured on the rows of a dataset and of the training data. */
export interface PairAsk {
  /** The features that are compared. */
  readonly features: readonly PairColumn[];
  readonly label?: PairColumn;
  /** Whether the label names classes: its values are then looked for in the training data. */
  readonly classes?: true;
  readonly key?: PairColumn;
  readonly group?: PairColumn;
  /** Dates and timestamps. */
  readonly times?: readonly PairColumn[];
}

/** As what a column of two sources is compared: the same value is often of another type in another format. */
export interface PairColumn {
  readonly name: string;
  readonly kind: PairKind;
}

/** `mixed`: one wrong text makes numbers texts, and the others are still the same numbers. */
export type PairKind = 'boolean' | 'integer' | 'number' | 'single' | 'time' | 'mixed' | 'text';

/** A dataset with its profile. */
export interface Profiled {
  readonly dataset: Dataset;
  readonly profile: Profile;
}

/** Which columns of both are to be compared; undefined where none is. Of images, their bytes: all else follows from them. */
export function askOfPair(own: Profiled, train: Profiled): PairAsk | undefined {
  const common = commonColumns(own.profile, train.profile);
  const declared = (name: string | undefined) => common.find(({ own: { name: n } }) => n === name);
  const label = declared(own.dataset.label ?? train.dataset.label ?? impliedLabel(train.dataset));
  const key = declared(own.dataset.key ?? train.dataset.key);
  const group = declared(own.dataset.group ?? train.dataset.group);
  const times = common.filter(({ own, train }) => isTime(own) && isTime(train));
  const compared = common.filter((column) => column !== label && column !== key);
  const features =
    train.dataset.format === 'images'
      ? compared.filter(({ train: { name } }) => name === 'hash')
      : withoutRowNumbers(compared);
  if (common.length === 0) return undefined;
  return {
    features: features.map(pairColumn),
    ...(label && { label: pairColumn(label) }),
    ...(label && namesClasses(label.train) ? { classes: true } : {}),
    ...(key && { key: pairColumn(key) }),
    ...(group && { group: pairColumn(group) }),
    ...(times.length > 0 ? { times: times.slice(0, MOST_TIMES).map(pairColumn) } : {}),
  };
}

/** Of images, the folder that they lie in says what they show. */
function impliedLabel({ format }: Dataset): string | undefined {
  return format === 'images' ? 'class' : undefined;
}

/** A split in time is one by one of the first of them. */
const MOST_TIMES = 8;

interface CommonColumn {
  readonly own: ColumnProfile;
  readonly train: ColumnProfile;
}

/** Those that have values in both, in the order of the training data. */
function commonColumns(own: Profile, train: Profile): readonly CommonColumn[] {
  const columns = new Map(own.columns.map((column) => [column.name, column]));
  return train.columns.flatMap((column) => {
    const other = columns.get(column.name);
    const isKnown =
      other !== undefined && valueCount(own, other) > 0 && valueCount(train, column) > 0;
    return isKnown ? [{ own: other, train: column }] : [];
  });
}

/** The numbers of rows differ for the same row; where there is nothing else, they are what the data are. */
function withoutRowNumbers(columns: readonly CommonColumn[]): readonly CommonColumn[] {
  const others = columns.filter(({ own, train }) => own.unique !== true && train.unique !== true);
  return others.length === 0 ? columns : others;
}

/** More different numbers than this are no classes. */
const MOST_CLASSES = 20;

function namesClasses({ type, distinct }: ColumnProfile): boolean {
  if (type === 'string' || type === 'boolean') return true;
  return type === 'integer' && distinct?.error === 0 && distinct.count <= MOST_CLASSES;
}

function isTime({ type }: Pick<ColumnProfile, 'type'>): boolean {
  return type === 'date' || type === 'timestamp';
}

function pairColumn({ own, train }: CommonColumn): PairColumn {
  return { name: train.name, kind: commonKind(own, train) };
}

type Typed = Pick<ColumnProfile, 'type' | 'nativeType'>;

/** As what the values of two columns are compared. */
export function commonKind(own: Typed, train: Typed): PairKind {
  if (own.type === 'boolean' && train.type === 'boolean') return 'boolean';
  if (isTime(own) && isTime(train)) return 'time';
  if (own.type === 'integer' && train.type === 'integer') return 'integer';
  if (!isNumber(own) || !isNumber(train)) return isNumberAndText(own, train) ? 'mixed' : 'text';
  // Of the same number, the digits that a single precision keeps are all that both can have.
  return own.nativeType === 'FLOAT' || train.nativeType === 'FLOAT' ? 'single' : 'number';
}

function isNumberAndText(own: Typed, train: Typed): boolean {
  const isText = own.type === 'string' || train.type === 'string';
  return isText && (isNumber(own) || isNumber(train));
}

function isNumber({ type }: Pick<ColumnProfile, 'type'>): boolean {
  return type === 'integer' || type === 'number';
}
