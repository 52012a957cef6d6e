import { formatNumber } from '../../base/format';
import type { LiveLog } from '../../models/live/liveMetric';
import { TrainingWatch } from '../../models/live/trainingWatch';
import type { RunEvent } from '../../pipeline/run/stageRun';
import type { Stage } from '../../project/project';

const READ_EVERY_MS = 1000;
const METRICS_SHOWN = 3;

interface Training {
  readonly watch: TrainingWatch;
  read: number;
  text: string | undefined;
}

/** The newest metrics of the stages that train, from the logs that they write. */
export class TrainingDetails {
  private readonly kinds: ReadonlyMap<string, Stage['kind']>;
  private readonly trainings = new Map<string, Training>();

  constructor(stages: readonly Stage[]) {
    this.kinds = new Map(stages.map(({ id, kind }) => [id, kind]));
  }

  begin({ stage, cwd, time }: Extract<RunEvent, { type: 'started' }>): void {
    if (this.kinds.get(stage) !== 'train') return;
    const watch = new TrainingWatch(cwd, time);
    this.trainings.set(stage, { watch, read: Number.NEGATIVE_INFINITY, text: undefined });
  }

  /** As of the last reading; asks for another one now and then. */
  of(stage: string): string | undefined {
    const training = this.trainings.get(stage);
    if (training === undefined) return undefined;
    if (performance.now() - training.read >= READ_EVERY_MS) {
      training.read = performance.now();
      void update(training);
    }
    return training.text;
  }
}

async function update(training: Training): Promise<void> {
  try {
    training.text = describeLog(await training.watch.read());
  } catch (error) {
    // A log that cannot be read is no reason to disturb the run.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/** `loss 0.31 · accuracy 0.9 · step 100 of 300`; undefined where there is nothing yet. */
function describeLog({ metrics, progress }: LiveLog): string | undefined {
  const shown = [...metrics.values()].slice(0, METRICS_SHOWN);
  const step = progress?.step ?? shown[0]?.step;
  const total = progress === undefined ? '' : ` of ${progress.total}`;
  const parts = [
    ...shown.map(({ name, value }) => `${name} ${formatNumber(value)}`),
    ...(step === undefined ? [] : [`step ${step}${total}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}
