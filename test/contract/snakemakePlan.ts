/** The rules that `snakemake --list-rules` prints; those with a docstring have it behind their name. */
export function readRules(output: string): readonly string[] {
  return [...new Set(output.match(/^\w+/gm))].sort();
}

/** The rules in the table of jobs that a dry run prints. */
export function readPlan(output: string): readonly string[] {
  const [, table = ''] = /^job +count\n-.*\n([^]*?)^total /m.exec(output) ?? [];
  return table
    .split('\n')
    .flatMap((line) => /^(\w+) +\d+$/.exec(line)?.[1] ?? [])
    .sort();
}
