import type { CheckReport } from '../checkReport';
import { hideCiCommandsInJson } from './ciCommands';

/** The report as it is; nothing in JSON needs more than JSON's own escapes. */
export function formatJson(report: CheckReport): string {
  return `${hideCiCommandsInJson(JSON.stringify(report, null, 2))}\n`;
}
