import { readdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { MachineResources } from './resourcePool';

/**
 * What this machine offers, but for what is declared: processors and memory that this process may use (in a container,
 * its share), and NVIDIA's devices, or those of CUDA_VISIBLE_DEVICES. Where no device is seen (macOS, Windows), one.
 */
export function readMachine(
  declared: Partial<MachineResources>,
  env: NodeJS.ProcessEnv,
): MachineResources {
  return {
    cpus: declared.cpus ?? availableParallelism(),
    memory: declared.memory ?? availableMemory(),
    gpus: declared.gpus ?? (visibleDevices(env) || countDevices() || 1),
  };
}

function availableMemory(): number {
  const total = totalmem();
  // Node 20 does not say that older ones lack it; without a limit it is 0, or more than there is.
  const limit = (process as { constrainedMemory?: () => number | undefined }).constrainedMemory?.();
  return limit === undefined || limit <= 0 ? total : Math.min(limit, total);
}

/** CUDA programming guide, CUDA_VISIBLE_DEVICES: a list of indices or identifiers. */
function visibleDevices(env: NodeJS.ProcessEnv): number {
  return (env['CUDA_VISIBLE_DEVICES'] ?? '').split(',').filter((name) => name.trim() !== '').length;
}

function countDevices(): number {
  if (process.platform !== 'linux') return 0;
  try {
    return readdirSync('/dev').filter((name) => /^nvidia\d+$/.test(name)).length;
  } catch {
    return 0;
  }
}
