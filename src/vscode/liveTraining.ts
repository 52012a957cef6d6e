import type { LiveLog } from '../models/live/liveMetric';
import { TrainingWatch } from '../models/live/trainingWatch';
import type { LoadedProject, ProjectStore } from './projectStore';
import type { StageStates } from './stageStates';

/** What the trainings that are under way have logged until now. */
export class LiveTraining {
  private readonly watches = new Map<string, TrainingWatch>();
  private logs = new Map<string, LiveLog>();

  constructor(
    private readonly store: ProjectStore,
    private readonly states: StageStates,
  ) {}

  /** Reads on in the logs of the stages that are running; what has ended is forgotten. */
  async read(): Promise<void> {
    const running = this.store.projects.flatMap((loaded) => this.runningStages(loaded));
    const logs = new Map<string, LiveLog>();
    for (const { key, root, started } of running) {
      const watch = this.watches.get(key) ?? new TrainingWatch(root, started);
      this.watches.set(key, watch);
      logs.set(key, await watch.read());
    }
    for (const key of this.watches.keys()) if (!logs.has(key)) this.watches.delete(key);
    this.logs = logs;
  }

  of(loaded: LoadedProject, stage: string): LiveLog | undefined {
    const run = this.states.of(loaded, stage)?.lastRun;
    return run === undefined ? undefined : this.logs.get(run.log);
  }

  /** Nothing tells whose log it is that changes; where several stages run, it is taken to be the training's. */
  private runningStages(loaded: LoadedProject) {
    const running = loaded.project.stages.flatMap((stage) => {
      const run = this.states.of(loaded, stage.id)?.lastRun;
      return run?.status === 'running' ? [{ stage, run }] : [];
    });
    const training = running.filter(({ stage }) => stage.kind === 'train');
    return (running.length === 1 ? running : training).map(({ run }) => ({
      key: run.log,
      root: loaded.project.root,
      started: run.started,
    }));
  }
}
