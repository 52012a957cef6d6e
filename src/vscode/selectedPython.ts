import * as vscode from 'vscode';

/** What we use of the Python extension's public interface. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource: vscode.Uri): { readonly path: string };
  };
}

/**
 * The interpreter for a project: the user's setting, else the one selected in the Python extension where that is
 * installed and already running; undefined leaves the choice to the command line's own search.
 */
export async function selectedPython(folder: vscode.Uri): Promise<string | undefined> {
  const setting = vscode.workspace
    .getConfiguration('mlPreflight', folder)
    .get<string>('python', '');
  if (setting !== '') return setting;
  const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
  if (extension === undefined) return undefined;
  const api = extension.isActive ? extension.exports : await extension.activate();
  const path = api.environments?.getActiveEnvironmentPath(folder).path;
  return path === undefined || path === 'python' ? undefined : path;
}
