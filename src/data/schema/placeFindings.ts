import { openYaml } from '../../config/checkedYaml';
import type { Finding } from '../finding';

/** The findings with the line of the schema that demands what they miss: the key that would be edited, or its column. */
export function placeFindings(
  findings: readonly Finding[],
  schema: string,
  file: string,
): readonly Finding[] {
  const opened = openYaml(schema, file);
  if (!opened.ok) return findings;
  const { placeOf } = opened.value;
  return findings.map((finding) => {
    const column = finding.column === undefined ? [] : ['columns', finding.column];
    const { line } = placeOf(finding.fix?.edit.path ?? column);
    return { ...finding, place: { file, line } };
  });
}
