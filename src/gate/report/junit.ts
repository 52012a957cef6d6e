import { metricSubject, type CheckReport, type Reason } from '../checkReport';
import { hideCiCommandsInXml } from './ciCommands';
import { reasonWord } from './reasonWords';
import { element, escapeXml } from './xml';

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly seconds: number;
  readonly reasons: readonly Reason[];
}

/**
 * For CI services that show JUnit files: a test case for each dataset and each metric, one for each thing that could not
 * be judged besides. Warnings are the output of a case that passed, since the format has no word for them.
 * https://github.com/testmoapp/junitxml
 */
export function formatJunit(report: CheckReport): string {
  const suites = [
    suiteOf('data', datasetCases(report)),
    suiteOf('models', metricCases(report)),
    suiteOf('gate', problemCases(report)),
  ].filter((suite) => suite.cases.length > 0);
  const cases = suites.flatMap((suite) => suite.cases);
  const attributes = {
    name: 'ML Preflight',
    ...countCases(cases),
    time: report.seconds.toFixed(3),
  };
  const xml = element('testsuites', attributes, [
    '\n',
    ...suites.map((suite) => `${formatSuite(suite.name, suite.cases)}\n`),
  ]);
  return hideCiCommandsInXml(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`);
}

function suiteOf(name: string, cases: readonly TestCase[]) {
  return { name, cases };
}

function datasetCases({ datasets, reasons }: CheckReport): readonly TestCase[] {
  return datasets.map((dataset) => ({
    name: dataset.path,
    classname: 'ml-preflight.data',
    seconds: dataset.seconds,
    reasons: reasons.filter((reason) => reason.subject === dataset.path),
  }));
}

function metricCases({ comparisons, reasons }: CheckReport): readonly TestCase[] {
  return comparisons.flatMap((comparison) =>
    comparison.metrics.map((metric) => ({
      name: `${metric.model}: ${metric.name}`,
      classname: 'ml-preflight.models',
      seconds: 0,
      reasons: reasons.filter((reason) => reason.subject === metricSubject(metric)),
    })),
  );
}

/** A report without anything else is one passed case, because an empty file looks like a lost one. */
function problemCases({
  reasons,
  headline,
  datasets,
  comparisons,
}: CheckReport): readonly TestCase[] {
  const classname = 'ml-preflight.gate';
  const others = reasons.filter((reason) => reason.subject === undefined);
  const cases = others.map((reason) => ({
    name: reason.file ?? 'gate',
    classname,
    seconds: 0,
    reasons: [reason],
  }));
  if (cases.length > 0 || datasets.length > 0 || comparisons.length > 0) return cases;
  return [{ name: headline, classname, seconds: 0, reasons: [] }];
}

function formatSuite(name: string, cases: readonly TestCase[]): string {
  const seconds = cases.reduce((sum, testCase) => sum + testCase.seconds, 0);
  const attributes = { name, ...countCases(cases), time: seconds.toFixed(3) };
  const children = cases.map((testCase) => `    ${formatCase(testCase)}\n`);
  return `  ${element('testsuite', attributes, ['\n', ...children, '  '])}`;
}

function countCases(cases: readonly TestCase[]) {
  const outcomes = cases.map(outcomeOf);
  return {
    tests: cases.length,
    failures: outcomes.filter((outcome) => outcome === 'failure').length,
    errors: outcomes.filter((outcome) => outcome === 'error').length,
    skipped: outcomes.filter((outcome) => outcome === 'skipped').length,
  };
}

type Outcome = 'failure' | 'error' | 'skipped' | 'passed';

/** What could not be judged is an error; what is uncertain is skipped: it neither passed nor failed. */
function outcomeOf({ reasons }: TestCase): Outcome {
  if (reasons.some((reason) => reason.verdict === 'fail')) return 'failure';
  const uncertain = reasons.filter((reason) => reason.verdict === 'inconclusive');
  if (uncertain.some((reason) => reason.kind === 'problem')) return 'error';
  return uncertain.length > 0 ? 'skipped' : 'passed';
}

function formatCase(testCase: TestCase): string {
  const { name, classname, seconds, reasons } = testCase;
  const outcome = outcomeOf(testCase);
  const told = reasons.map((reason) => tell(reason)).join('\n');
  const message = reasons[0]?.text ?? '';
  const children: string[] = [];
  if (outcome === 'failure' || outcome === 'error')
    children.push(element(outcome, { message, type: outcome }, [escapeXml(told)]));
  else if (outcome === 'skipped') children.push(element('skipped', { message }));
  else if (reasons.length > 0) children.push(element('system-out', {}, [escapeXml(told)]));
  return element('testcase', { name, classname, time: seconds.toFixed(3) }, children);
}

function tell(reason: Reason): string {
  const lines = [`${reasonWord(reason)} ${reason.text}`, ...(reason.evidence ?? [])];
  return [...lines, ...(reason.fix === undefined ? [] : [reason.fix])].join('\n');
}
