import { createHash } from 'node:crypto';

const LONGEST_SLUG = 60;

/** Where the output of a stage in a run goes, relative to the state folder: safe on every file system, unique. */
export function logPath(run: string, stage: string): string {
  const slug = stage.replace(/[^\w.@-]+/g, '-').slice(0, LONGEST_SLUG);
  const isExact = slug === stage;
  const digest = createHash('sha256').update(stage).digest('hex').slice(0, 8);
  return `logs/${run}-${isExact ? slug : `${slug}-${digest}`}.log`;
}
