import { Breather } from '../../base/breather';

/** One for all hashing: what counts is how long the host has waited, not for which file. */
const breather = new Breather();

/** Lets the host's other work run where it has had to wait for a while; call between small synchronous steps. */
export async function breathe(): Promise<void> {
  await breather.breathe();
}
