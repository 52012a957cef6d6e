/**
 * What the views show, under the protocol's own name: a web view imports no other room.
 */
export type { Effect, FailingRow, FailingRows, Finding, Severity } from '../data/finding';
export type { DatasetDiff } from '../data/rowDiff/rowDiff';
export type { ChangedRow, SampleRow, SampleValue } from '../data/rowDiff/rowDiff';
export type { ColumnProfile, Histogram } from '../data/profile/profile';
export type { DatasetReport, ValidationReport } from '../data/report';
export type { CheckReport, Reason } from '../gate/checkReport';
export type { Comparison, MetricComparison } from '../models/comparison';
export type {
  DoctorGroup,
  DoctorLine,
  DoctorReport,
  DoctorState,
} from '../pipeline/doctor/doctorReport';
export type { GraphRun, GraphStage } from '../pipeline/graph/graphStage';
export type { StageState } from '../pipeline/status/stageStatus';
export { schemaPath } from '../data/baseline/datasetFiles';
