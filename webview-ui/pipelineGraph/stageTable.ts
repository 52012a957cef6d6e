import { formatAge, formatSeconds } from '../../src/base/format';
import type { GraphStage } from '../../src/protocol/content';
import type { TableModel, TableRow } from '../shared/tableModel';
import type { Tone } from '../shared/tone';
import { lookOf, SHOWN_STATES, stateOf, toolName, type ShownState } from './stageWords';

const TONES: Readonly<Partial<Record<ShownState, Tone>>> = {
  failed: 'error',
  stale: 'warning',
  blocked: 'warning',
  running: 'info',
  unknown: 'unknown',
  fresh: 'pass',
};

/** The same as the graph, as a table. @param now milliseconds since the epoch */
export function stageTable(stages: readonly GraphStage[], now: number): TableModel {
  const names = new Map(stages.map(({ id, name }) => [id, name]));
  return {
    label: 'stages',
    columns: [
      { id: 'stage', title: 'Stage', track: 'minmax(140px, 2fr)' },
      { id: 'status', title: 'Status', track: '120px' },
      { id: 'reason', title: 'Why', track: 'minmax(120px, 3fr)' },
      { id: 'kind', title: 'Kind', track: '80px' },
      { id: 'tool', title: 'Tool', track: '100px' },
      { id: 'upstream', title: 'Reads from', track: 'minmax(100px, 2fr)' },
      { id: 'time', title: 'Last run', track: '120px' },
      { id: 'seconds', title: 'Took', track: '90px', align: 'end' },
    ],
    rows: stages.map((stage) => stageRow(stage, names, now)),
  };
}

function stageRow(stage: GraphStage, names: ReadonlyMap<string, string>, now: number): TableRow {
  const { id, name, kind, tool, reasons, lastRun } = stage;
  const state = stateOf(stage);
  const tone = TONES[state];
  const upstream = stage.upstream.map((needed) => names.get(needed) ?? needed).join(', ');
  return {
    key: id,
    cells: [
      { text: name },
      {
        text: lookOf(state).word,
        order: -SHOWN_STATES.indexOf(state),
        ...(tone === undefined ? {} : { tone }),
      },
      { text: reasons.join('; '), muted: true },
      { text: kind },
      { text: toolName(tool) },
      { text: upstream },
      {
        text: lastRun === undefined ? '' : formatAge(lastRun.started, now),
        order: lastRun === undefined ? null : -lastRun.started,
        ...(lastRun === undefined ? {} : { hover: new Date(lastRun.started).toLocaleString() }),
      },
      {
        text: lastRun?.seconds === undefined ? '' : formatSeconds(lastRun.seconds),
        value: lastRun?.seconds ?? null,
      },
    ],
  };
}
