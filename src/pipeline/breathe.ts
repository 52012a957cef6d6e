import { setImmediate } from 'node:timers/promises';

/** Many small synchronous steps are far faster than many promises, but the host must stay responsive. */
const LONGEST_STRETCH_MILLISECONDS = 8;
let stretchBegan = performance.now();

/** Lets the host's other work run where it has had to wait for a while; call between small synchronous steps. */
export async function breathe(): Promise<void> {
  if (performance.now() - stretchBegan < LONGEST_STRETCH_MILLISECONDS) return;
  await setImmediate();
  stretchBegan = performance.now();
}
