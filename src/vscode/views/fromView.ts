import * as z from 'zod/mini';
import { VIEW_COMMANDS, type FromView } from '../../protocol/view';

const fromView = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('open'),
    file: z.string().check(z.maxLength(4096)),
    line: z.exactOptional(z.int().check(z.minimum(1))),
  }),
  z.object({
    type: z.literal('run'),
    command: z.enum(VIEW_COMMANDS),
    arguments: z.array(z.string().check(z.maxLength(10_000))).check(z.maxLength(8)),
  }),
  z.object({
    type: z.literal('copy'),
    text: z.string().check(z.maxLength(10_000_000)),
    what: z.string().check(z.maxLength(200)),
  }),
  z.object({ type: z.literal('cancel') }),
]);

/** A message from a web view, checked at the border; undefined for anything that is none. */
export function parseFromView(message: unknown): FromView | undefined {
  const parsed = fromView.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
