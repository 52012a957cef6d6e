import { savedOffset, savedRecord, savedText } from '../shared/saved';
import { readSort, type Sort } from '../shared/tableModel';
import type { Direction } from './runDagre';
import { SHOWN_STATES, type ShownState } from './stageWords';
import { readViewport, type Viewport } from './viewport';

/** What the user chose in the pipeline graph; it survives hiding and reload. */
export interface PipelineGraphSaved {
  readonly direction: Direction;
  /** Undefined until the user moves or zooms: the picture then stays fitted to its window. */
  readonly viewport: Viewport | undefined;
  /** The id of a stage, or of a folded family. */
  readonly selected: string | undefined;
  /** The wish of the editor that was followed last, as a time in milliseconds: a newer one wins over the selection. */
  readonly asked: number;
  readonly search: string;
  readonly state: ShownState | undefined;
  /** By family: whether the user has folded or unfolded it. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** The table behind the graph instead of the graph. */
  readonly asTable: boolean;
  readonly sort: Sort | undefined;
  readonly tableScroll: number;
  readonly scroll: number;
}

export function readPipelineGraphSaved(value: unknown): PipelineGraphSaved {
  const saved = savedRecord(value);
  const folds = Object.entries(savedRecord(saved.folds));
  return {
    direction: saved.direction === 'down' ? 'down' : 'right',
    viewport: readViewport(saved.viewport),
    selected: savedText(saved.selected),
    asked: savedOffset(saved.asked),
    search: savedText(saved.search) ?? '',
    state: SHOWN_STATES.find((state) => state === saved.state),
    folds: Object.fromEntries(
      folds.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    ),
    asTable: saved.asTable === true,
    sort: readSort(saved.sort),
    tableScroll: savedOffset(saved.tableScroll),
    scroll: savedOffset(saved.scroll),
  };
}
