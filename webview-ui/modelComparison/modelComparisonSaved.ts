import { savedOffset, savedRecord, savedText } from '../shared/saved';
import { readSort, type Sort } from '../shared/tableModel';

/** What the user chose in the Model Comparison; it survives hiding and reload. */
export interface ModelComparisonSaved {
  /** Key of the selected row. */
  readonly metric: string | undefined;
  readonly sort: Sort | undefined;
  readonly allReasons: boolean;
  readonly tableScroll: number;
  readonly scroll: number;
}

export function readModelComparisonSaved(value: unknown): ModelComparisonSaved {
  const saved = savedRecord(value);
  return {
    metric: savedText(saved.metric),
    sort: readSort(saved.sort),
    allReasons: saved.allReasons === true,
    tableScroll: savedOffset(saved.tableScroll),
    scroll: savedOffset(saved.scroll),
  };
}
