import type { LiveFormat, LiveLog, LiveMetric, LiveParser } from './liveMetric';

/**
 * The Hugging Face Trainer (transformers/trainer_callback.py): `trainer_state.json` of the newest checkpoint, with every
 * value that was logged in `log_history`, and how many steps there are.
 */
export const trainerState: LiveFormat = {
  matches: (path) => /(?:^|\/)trainer_state\.json$/.test(path),
  open: () => new TrainerState(),
};

const NO_METRICS = new Set(['step', 'epoch', 'total_flos']);

class TrainerState implements LiveParser {
  readonly reads = 'whole';
  log: LiveLog = { metrics: new Map() };

  push(bytes: Buffer): void {
    const state = parse(bytes);
    if (!isRecord(state)) return;
    const metrics = new Map<string, LiveMetric>();
    const history = Array.isArray(state['log_history']) ? (state['log_history'] as unknown[]) : [];
    for (const entry of history) if (isRecord(entry)) readEntry(entry, metrics);
    const [step, total] = [state['global_step'], state['max_steps']];
    const isKnown = typeof step === 'number' && typeof total === 'number' && total > 0;
    this.log = { metrics, ...(isKnown ? { progress: { step, total } } : {}) };
  }
}

function readEntry(
  entry: Readonly<Record<string, unknown>>,
  metrics: Map<string, LiveMetric>,
): void {
  const step = entry['step'];
  for (const [name, value] of Object.entries(entry)) {
    if (NO_METRICS.has(name) || typeof value !== 'number' || !Number.isFinite(value)) continue;
    metrics.set(name, { name, value, ...(typeof step === 'number' ? { step } : {}) });
  }
}

/** Python writes NaN and Infinity, which JSON does not have; a file that is being written is not JSON yet. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(
      bytes.toString('utf8').replaceAll(/(?<=[:[,]\s*)-?(?:NaN|Infinity)\b/g, 'null'),
    );
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
