/**
 * CI services run commands that they find in a log: GitHub `::set-output …` at the start of a line and `##[group]`
 * anywhere, Azure `##vso[task.…]` anywhere. Content of a dataset must not be able to say them.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */

const ANYWHERE = /##(vso)?\[/gi;

/** In plain text, where no escape exists: the opening bracket is written as its code. */
export function hideCiCommands(text: string): string {
  return text.replace(ANYWHERE, '##$1\\u005b').replace(/^(\s*):(?=:)/gm, '$1\\u003a');
}

/** In XML, where the character reference means the same. */
export function hideCiCommandsInXml(xml: string): string {
  return xml.replace(ANYWHERE, '##$1&#91;').replace(/^(\s*):(?=:)/gm, '$1&#58;');
}
