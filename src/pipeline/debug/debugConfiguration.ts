/**
 * What starts Python's debugger, as `launch.json` has it. Paths are absolute; only `env.PATH` has a variable of the
 * editor, `${env:PATH}`. https://code.visualstudio.com/docs/python/debugging#_set-configuration-options
 */
export interface DebugConfiguration {
  readonly name: string;
  readonly type: 'debugpy';
  readonly request: 'launch';
  /** One of the three is there. */
  readonly program?: string;
  readonly module?: string;
  readonly code?: string;
  readonly args: readonly string[];
  /** Options of the interpreter itself: `-X dev`. */
  readonly pythonArgs?: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The interpreter of the stage's environment; absent where none was found: the editor then asks. */
  readonly python?: string;
  readonly console: 'integratedTerminal';
  readonly justMyCode: true;
}

/** One command of a stage that can be debugged. */
export interface DebugTarget {
  /** The command as the stage has it. */
  readonly label: string;
  readonly configuration: DebugConfiguration;
  /** What is not as in a run, a sentence each. */
  readonly notes: readonly string[];
}
