import { dvcLive } from './dvcLive';
import { lightningCsv } from './lightningCsv';
import type { LiveFormat } from './liveMetric';
import { tensorBoard } from './tensorBoard';
import { trainerState } from './trainerState';

/** Every format of training logs that is known. */
const LIVE_FORMATS: readonly LiveFormat[] = [dvcLive, lightningCsv, trainerState, tensorBoard];

export function liveFormatOf(path: string): LiveFormat | undefined {
  return LIVE_FORMATS.find((format) => format.matches(path));
}
