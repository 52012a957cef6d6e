import { formatNumber } from '../../base/format';
import type { Stage } from '../../project/project';
import { stageToolOf } from '../tools/stageTools';

/** What a machine offers to stages. */
export interface MachineResources {
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly gpus: number;
}

const KINDS = ['cpus', 'memory', 'gpus'] as const;

/** What runs now, and what may run beside it. A stage that declares nothing occupies a job and nothing else. */
export class ResourcePool {
  private readonly running = new Set<Stage>();

  constructor(
    private readonly jobs: number,
    private readonly machine: MachineResources,
  ) {}

  /**
   * Whether this stage may start now. Where nothing runs, every stage may, so that there is no deadlock: one that
   * needs more than there is runs alone.
   */
  fits(stage: Stage): boolean {
    if (this.running.size === 0) return true;
    const running = [...this.running];
    if (running.length >= this.jobs) return false;
    if ([stage, ...running].some((one) => this.excessOf(one) !== undefined)) return false;
    const key = exclusiveKey(stage);
    if (key !== undefined && running.some((one) => exclusiveKey(one) === key)) return false;
    return KINDS.every((kind) => {
      const need = stage.resources?.[kind] ?? 0;
      const taken = running.reduce((sum, one) => sum + (one.resources?.[kind] ?? 0), 0);
      return need === 0 || taken + need <= this.machine[kind];
    });
  }

  take(stage: Stage): void {
    this.running.add(stage);
  }

  give(stage: Stage): void {
    this.running.delete(stage);
  }

  get size(): number {
    return this.running.size;
  }

  /** What a stage needs more of than there is: `2 gpus, of which there is 1`. */
  excessOf(stage: Stage): string | undefined {
    const kind = KINDS.find((one) => (stage.resources?.[one] ?? 0) > this.machine[one]);
    if (kind === undefined) return undefined;
    const [need, there] = [stage.resources?.[kind] ?? 0, this.machine[kind]];
    return kind === 'memory'
      ? `${formatGigabytes(need)} of memory, of which there are ${formatGigabytes(there)}`
      : `${formatNumber(need)} ${kind}, of which there are ${formatNumber(there)}`;
  }
}

function formatGigabytes(bytes: number): string {
  return `${formatNumber(bytes / 1e9)} GB`;
}

/** The same for stages that never run at the same time; undefined for the others. */
export function exclusiveKey(stage: Stage): string | undefined {
  const key = stageToolOf(stage).exclusive?.(stage);
  return key === undefined ? undefined : `${stage.tool}:${key}`;
}
