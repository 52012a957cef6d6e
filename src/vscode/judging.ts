/**
 * What the editor loads only when the user asks for it: judging, validating, comparing. A bundle of its own, which
 * `await import('./judging')` loads, so that activation pays for detection and status alone.
 */
export { acceptIntoSchema, writeSchemaAndBaseline } from '../data/baselineFiles';
export { validateProject } from '../data/validateProject';
export { runCheck } from '../gate/runCheck';
export { installHook, uninstallHook } from '../git/hooks/hook';
export { compareVersions } from '../models/compareVersions';
export { listModelVersions } from '../models/listVersions';
export { inspectEngine } from '../data/engine/engineInstallation';
export { describeDebug } from '../pipeline/debug/describeDebug';
export { portableConfiguration } from '../pipeline/debug/portableConfiguration';
export { reportToMarkdown } from '../pipeline/doctor/doctorMarkdown';
export { examine } from '../pipeline/doctor/examine';
export { findPythonEnvironment } from '../pipeline/environment/findPythonEnvironments';
