/**
 * What the editor loads only when the user asks for it: judging, validating, comparing, debugging, Doctor. A bundle of
 * its own, which `await import('./onDemand')` loads, so that activation pays for detection and status alone.
 */
export { acceptIntoSchema, writeSchemaAndBaseline } from '../data/baseline/baselineFiles';
export { failingRows } from '../data/failingRows';
export { inspectEngine } from '../data/engine/engineInstallation';
export { diffDataset } from '../data/rowDiff/diffDataset';
export { chooseDataset } from '../data/schemaImport/chooseDataset';
export { loadImportedSchema, writeImportedSchema } from '../data/schemaImport/writeImportedSchema';
export { validateProject } from '../data/validateProject';
export { runCheck } from '../gate/runCheck';
export { installHook, uninstallHook } from '../git/hooks/hook';
export { compareVersions } from '../models/compareVersions';
export { listModelVersions } from '../models/listVersions';
export { describeDebug } from '../pipeline/debug/describeDebug';
export { portableConfiguration } from '../pipeline/debug/portableConfiguration';
export { reportToMarkdown } from '../pipeline/doctor/doctorMarkdown';
export { examine } from '../pipeline/doctor/examine';
export { findPythonEnvironment } from '../pipeline/environment/findPythonEnvironments';
export { lineOfParameter } from '../pipeline/parameters/parameterLine';
export { readParametersSinceBaseline } from '../pipeline/parameters/parametersSinceBaseline';
export { readStageParameters } from '../pipeline/parameters/settableParameters';
