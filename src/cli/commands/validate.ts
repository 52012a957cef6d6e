import type { Problem } from '../../base/problem';
import { acceptIntoSchema, writeSchemaAndBaseline } from '../../data/baseline/baselineFiles';
import { failed, ok, type Result } from '../../base/result';
import { engineBeside } from '../../data/engine/engineCommand';
import type { DatasetReport } from '../../data/report';
import { validateProject, type ValidateProjectRequest } from '../../data/validateProject';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import { exitCodeOf } from '../exitCode';
import { openProject } from '../openProject';
import type { Terminal } from '../terminal';
import { formatValidationText } from '../validationText';

export const validate: Command = {
  options: {
    flags: ['write-baseline', 'quick'],
    values: ['accept', 'against', 'rows'],
    formats: ['text', 'json'],
    maxPositionals: Infinity,
  },
  async run({ arguments: typed, terminal, signal }) {
    const opened = await openProject(typed.project, signal);
    if (!opened.ok) {
      opened.problem.forEach(terminal.problem);
      return 2;
    }
    const { project } = opened.value;
    const reading = readingOf(typed);
    if (!reading.ok) {
      terminal.problem(reading.problem);
      return 2;
    }
    const request: ValidateProjectRequest = {
      ...opened.value,
      source: 'worktree',
      ...(typed.positionals.length === 0 ? {} : { names: typed.positionals }),
      ...againstOf(typed.values.get('against')),
      ...reading.value,
      engine: engineBeside(__dirname),
      signal,
      onProgress: ({ dataset, what }) => terminal.progress(`${dataset}: ${what}`),
    };
    const validated = await validateProject(request);
    if (!validated.ok) {
      terminal.problem(validated.problem);
      return 2;
    }
    const { datasets, verdict } = validated.value;
    if (typed.format === 'json') terminal.json(validated.value);
    else terminal.write(formatValidationText(validated.value));
    const accepted = typed.values.get('accept') ?? [];
    const problems = [
      ...(typed.flags.has('write-baseline') ? await writeBaselines(request, terminal) : []),
      ...(await acceptFindings(project.root, datasets, accepted, terminal)),
    ];
    problems.forEach(terminal.problem);
    if (problems.length > 0) return 2;
    if (accepted.length > 0 || typed.flags.has('write-baseline')) return 0;
    return exitCodeOf(
      verdict,
      datasets.some((dataset) => dataset.problems.length > 0),
    );
  },
};

/** The last one counts, as with other tools. */
function againstOf(values: readonly string[] | undefined): Pick<ValidateProjectRequest, 'against'> {
  const against = values?.at(-1);
  return against === undefined ? {} : { against };
}

/** How much is read. */
function readingOf({ flags, values }: Arguments): Result<{ rows: number; quick: boolean }> {
  const quick = flags.has('quick');
  const needing = [
    ...(flags.has('write-baseline') ? ['--write-baseline'] : []),
    ...(values.get('rows')?.length ? ['--rows'] : []),
  ];
  if (quick && needing.length > 0) {
    return failed({
      code: 'usage',
      message: `--quick reads no value, which ${needing.join(' and ')} would need.`,
    });
  }
  const rows = rowsOf(values.get('rows'));
  return rows.ok ? ok({ rows: rows.value, quick }) : rows;
}

const MOST_ROWS = 20;

function rowsOf(values: readonly string[] | undefined): Result<number> {
  const text = values?.at(-1) ?? '0';
  const rows = Number(text);
  if (/^\d+$/.test(text) && rows <= MOST_ROWS) return ok(rows);
  return failed({
    code: 'usage',
    message: `--rows takes a number up to ${MOST_ROWS}, not "${text}".`,
  });
}

async function writeBaselines(
  request: ValidateProjectRequest,
  terminal: Terminal,
): Promise<readonly Problem[]> {
  const { root } = request.project;
  const measured = await validateProject({ ...request, measureOnly: true });
  if (!measured.ok) return [measured.problem];
  const problems: Problem[] = [];
  for (const dataset of measured.value.datasets) {
    problems.push(...dataset.problems);
    if (dataset.problems.length > 0) continue;
    const written = await writeSchemaAndBaseline(root, dataset.name, dataset);
    if (!written.ok) problems.push(written.problem);
    else for (const path of written.value) terminal.notice(`Wrote ${path}`);
  }
  return problems;
}

/** @param accepted `RULE:COLUMN`, as a finding's fix names it */
async function acceptFindings(
  root: string,
  datasets: readonly DatasetReport[],
  accepted: readonly string[],
  terminal: Terminal,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const accept of accepted) {
    const matches = datasets.flatMap((dataset) =>
      dataset.findings
        .filter((finding) => finding.fix?.accept === accept)
        .map((finding) => ({ dataset, finding })),
    );
    if (matches.length === 0) {
      const known = datasets.flatMap((dataset) =>
        dataset.findings.flatMap((finding) => finding.fix?.accept ?? []),
      );
      const fix =
        known.length === 0
          ? 'There is nothing to accept.'
          : `What can be accepted: ${known.join(', ')}.`;
      problems.push({ code: 'finding-missing', message: `No finding is called "${accept}".`, fix });
    }
    for (const { dataset, finding } of matches) {
      const written = await acceptIntoSchema(root, dataset, finding);
      if (!written.ok) problems.push(written.problem);
      else terminal.notice(`Accepted ${accept} in ${written.value}`);
    }
  }
  return problems;
}
