import { savedOffset, savedRecord, savedText } from '../shared/saved';
import { readSort, type Sort } from '../shared/tableModel';

/** What the user chose in the Data Report; it survives hiding and reload. */
export interface DataReportSaved {
  readonly dataset: string | undefined;
  /** When the editor last asked for a dataset: a new wish of it wins over an older choice. */
  readonly asked: number;
  readonly column: string | undefined;
  readonly search: string;
  readonly onlyFindings: boolean;
  readonly sort: Sort | undefined;
  /** The table behind the chart instead of the chart. */
  readonly chartAsTable: boolean;
  readonly allFindings: boolean;
  readonly tableScroll: number;
  readonly scroll: number;
}

export function readDataReportSaved(value: unknown): DataReportSaved {
  const saved = savedRecord(value);
  return {
    dataset: savedText(saved.dataset),
    asked: savedOffset(saved.asked),
    column: savedText(saved.column),
    search: savedText(saved.search) ?? '',
    onlyFindings: saved.onlyFindings === true,
    sort: readSort(saved.sort),
    chartAsTable: saved.chartAsTable === true,
    allFindings: saved.allFindings === true,
    tableScroll: savedOffset(saved.tableScroll),
    scroll: savedOffset(saved.scroll),
  };
}
