/** What the harness itself does, on stderr, so that the output of tests and tools stays clean. */
export function say(text: string): void {
  process.stderr.write(`harness: ${text}\n`);
}
