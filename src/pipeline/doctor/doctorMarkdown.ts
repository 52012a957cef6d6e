import { escapeMarkdown } from '../../base/escape';
import type { DoctorLine, DoctorReport, DoctorState } from './doctorReport';
import { mapTexts, withoutHome, withoutSecrets } from './withoutSecrets';

const WORDS: Readonly<Record<DoctorState, string>> = {
  ok: 'ok',
  information: 'info',
  warning: '**warning**',
  problem: '**problem**',
};

/** The report to be pasted into an issue: without the home folder, credentials and the values of secrets. */
export function reportToMarkdown(report: DoctorReport, home: string): string {
  const clean = mapTexts(report, (text) => withoutHome(withoutSecrets(text), home));
  const groups = clean.groups.map(({ title, lines }) =>
    [
      `### ${escapeMarkdown(title)}`,
      '',
      '| | | |',
      '| --- | --- | --- |',
      ...lines.map(lineToMarkdown),
      '',
    ].join('\n'),
  );
  return [`**${escapeMarkdown(clean.headline)}**`, '', ...groups].join('\n');
}

function lineToMarkdown({ name, state, value, notes = [], fix }: DoctorLine): string {
  const found = [value, ...notes, ...(fix === undefined ? [] : [`Fix: ${fix}`])];
  return `| ${WORDS[state]} | ${escapeMarkdown(name)} | ${found.map(escapeMarkdown).join('<br>')} |`;
}
