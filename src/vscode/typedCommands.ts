import * as vscode from 'vscode';

/** Programs that change what the status of stages rests on. */
const TOOLS =
  /(?:^|[\s;&|/])(?:ml-preflight|dvc|snakemake|make|kedro|mlflow|git|python3?|uv|poetry|pixi|hatch|papermill)\s/;

/**
 * Tells when a command that may have run a stage has ended in any terminal, which a shell with shell integration
 * reports: then there is no need to wait for file events.
 */
export function onDidEndTypedCommand(listener: () => void): vscode.Disposable {
  return vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
    if (TOOLS.test(`${execution.commandLine.value} `)) listener();
  });
}
