import { savedOffset, savedRecord } from '../shared/saved';

/** What the user chose in Doctor; it survives hiding and reload. */
export interface DoctorSaved {
  readonly allReasons: boolean;
  readonly scroll: number;
}

export function readDoctorSaved(value: unknown): DoctorSaved {
  const saved = savedRecord(value);
  return { allReasons: saved.allReasons === true, scroll: savedOffset(saved.scroll) };
}
