import { readFileSync } from 'node:fs';

const INTERVAL = 10;

/**
 * Runs something and watches the processes that it starts: the most resident memory, in bytes, that one of them held.
 * Linux tells it; elsewhere it is undefined.
 */
export async function peakMemoryOfChildren<Value>(
  run: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly bytes: number | undefined }> {
  let bytes: number | undefined;
  const look = (): void => {
    for (const pid of childrenOf(process.pid)) {
      const kilobytes = peakOf(pid);
      if (kilobytes !== undefined) bytes = Math.max(bytes ?? 0, kilobytes * 1024);
    }
  };
  const timer = setInterval(look, INTERVAL);
  try {
    const value = await run();
    return { value, bytes };
  } finally {
    clearInterval(timer);
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** The high water mark that the kernel keeps, in kB. */
function peakOf(pid: number): number | undefined {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found?.[1] === undefined ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}
