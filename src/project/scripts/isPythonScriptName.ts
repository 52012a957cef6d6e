import { baseName } from '../files/paths';

const OTHER_NAMES =
  /^(?:test_.*|.*_tests?|conftest|setup|__init__|__main__|hubconf|_version|version|manage|noxfile|tasks|fabfile|gunicorn.*|wsgi|asgi|sitecustomize)\.py$/;
const OTHER_FOLDERS =
  /(?:^|\/)(?:tests?|testing|unit_tests|docs?|dags|migrations|site-packages|\.[^/]+)\//;

/** Whether a Python file can be a step by its name: no test, no packaging, no documentation. */
export function isPythonScriptName(path: string): boolean {
  return !OTHER_NAMES.test(baseName(path).toLowerCase()) && !OTHER_FOLDERS.test(path.toLowerCase());
}
