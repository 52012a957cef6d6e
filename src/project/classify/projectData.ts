/** Folders whose files are not the project's own data, models or metrics: tests, documentation, sites, runs of tools. */
const OTHER_FOLDERS =
  /(?:^|\/)(?:tests|__tests__|testdata|test_data\/fixtures|fixtures|docs?|site|third_party|vendor|bower_components|dvclive|lightning_logs|mlruns|tb_logs|outputs\/\d{4}-\d{2}-\d{2}|multirun|\.[^/]+)\//;

/** Whether a file is the project's own by where it lies. What a tool or a script names needs no such sign. */
export function isProjectData(path: string): boolean {
  return !OTHER_FOLDERS.test(path);
}
