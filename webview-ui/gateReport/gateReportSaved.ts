import { savedOffset, savedRecord } from '../shared/saved';

/** What the user chose in the Gate Report; it survives hiding and reload. */
export interface GateReportSaved {
  readonly allReasons: boolean;
  readonly scroll: number;
}

export function readGateReportSaved(value: unknown): GateReportSaved {
  const saved = savedRecord(value);
  return { allReasons: saved.allReasons === true, scroll: savedOffset(saved.scroll) };
}
