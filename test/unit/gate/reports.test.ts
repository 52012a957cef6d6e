import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { CheckReport } from '../../../src/gate/checkReport';
import { judge } from '../../../src/gate/judge';
import { formatJson } from '../../../src/gate/report/json';
import { formatJunit } from '../../../src/gate/report/junit';
import { formatMarkdown } from '../../../src/gate/report/markdown';
import { formatSarif } from '../../../src/gate/report/sarif';
import { formatText } from '../../../src/gate/report/text';
import { comparisonOf, datasetOf, findingOf, metricOf } from './gateParts';

const EDIT = { action: 'remove', path: [] } as const;

const PLAIN = judge({
  projects: [
    {
      policy: {},
      datasets: [
        datasetOf([
          findingOf({
            fix: {
              title: 'Allow it to be missing',
              accept: 'column-missing:mean_radius',
              edit: EDIT,
            },
          }),
          findingOf({
            rule: 'category-unknown',
            severity: 'warning',
            column: 'diagnosis',
            message: '"diagnosis" has values that are not known.',
            expected: 'B or M',
            observed: '3 others',
            samples: ['X', 'Y', 'Z'],
          }),
        ]),
        datasetOf([], 'data/test set.parquet'),
      ],
      comparisons: [
        comparisonOf([
          metricOf({
            result: 'fail',
            method: 'tolerance',
            reason: '−0.005 is worse by more than the margin of 0.001.',
          }),
          metricOf({
            name: 'f1',
            base: null,
            delta: null,
            result: 'inconclusive',
            reason: 'Too few rows.',
          }),
          metricOf({ name: 'log_loss' }),
        ]),
      ],
      problems: [
        {
          code: 'yaml-invalid',
          message: 'This is not valid YAML.',
          file: 'dvc.yaml',
          line: 12,
          column: 5,
          fix: 'Correct it.',
        },
      ],
      doubts: [],
    },
  ],
  scope: 'staged',
  branch: 'main',
  judged: ['data/tumours.csv'],
  seconds: 2,
});

/** Everything that a name or a value can try, in every place. */
const NASTY =
  'a"b\'c`d|e<script>&amp;]]>\n::error::x\n##[group]y ##vso[task.setvariable]z\u001b[31m\u0000\u202e](http://evil) \ud800 %2e ../$(id)';

function hostile(): CheckReport {
  const finding = findingOf({
    dataset: NASTY,
    column: NASTY,
    message: `${NASTY} is missing.`,
    expected: NASTY,
    observed: NASTY,
    samples: [NASTY],
    fix: { title: NASTY, accept: `column-missing:${NASTY}`, edit: EDIT },
  });
  const metric = metricOf({
    model: NASTY,
    name: NASTY,
    reason: NASTY,
    result: 'fail',
    file: NASTY,
    source: { file: NASTY, line: 1 },
  });
  const dataset = { ...datasetOf([finding], NASTY), name: NASTY };
  const problem = { code: 'x', message: NASTY, file: NASTY, line: 1, fix: NASTY };
  const project = {
    policy: {},
    datasets: [dataset],
    comparisons: [comparisonOf([metric])],
    problems: [problem],
    doubts: [],
  };
  return judge({
    projects: [project],
    scope: 'staged',
    branch: NASTY,
    judged: [NASTY],
    seconds: 1,
  });
}

const FORMATS: Readonly<Record<string, (report: CheckReport) => string>> = {
  text: (report) => formatText(report, { colour: false }),
  json: formatJson,
  markdown: formatMarkdown,
  junit: formatJunit,
  sarif: formatSarif,
};

describe('the report', () => {
  it('as text has the verdict first, then the reasons, then what to do', () => {
    assert.equal(
      formatText(PLAIN),
      `ML Preflight FAILED: data/tumours.csv: column "mean_radius" is missing (and 3 more)

  FAIL       data/tumours.csv: column "mean_radius" is missing
             expected a column of numbers, observed no such column
  FAIL       admissions: auc: −0.005 is worse by more than the margin of 0.001
             auc was 0.876, is 0.871
  UNJUDGED   dvc.yaml:12:5: This is not valid YAML
  UNCERTAIN  admissions: f1: too few rows
             f1 was absent, is 0.871
  WARN       data/tumours.csv: "diagnosis" has values that are not known
             expected B or M, observed 3 others
             values: X, Y, Z

What to do:
  - Allow it to be missing: ml-preflight validate tumours --accept column-missing:mean_radius
  - Improve the model, or allow the loss in preflight.yaml: gate.metrics.auc.margin
  - Correct it
  - Then \`git add\` what you changed, and commit again.

Judged in 2.0 s.
`,
    );
  });

  it('as text has colour only where it is asked for', () => {
    const [headline = ''] = formatText(PLAIN, { colour: true }).split('\n');
    assert.ok(
      headline.startsWith('\u001b[31mML Preflight FAILED') && headline.endsWith('\u001b[39m'),
    );
    assert.ok(!formatText(PLAIN).includes('\u001b'));
  });

  it('as JSON has the fields that the command line promises', () => {
    const parsed = JSON.parse(formatJson(PLAIN)) as Record<string, unknown>;
    for (const field of ['verdict', 'headline', 'findings', 'comparisons', 'datasets', 'seconds'])
      assert.ok(field in parsed, field);
    assert.deepEqual(parsed, JSON.parse(JSON.stringify(PLAIN)));
  });

  it('as Markdown has the reasons, the data and the models', () => {
    const text = formatMarkdown(PLAIN);
    assert.ok(
      text.startsWith(
        '## ML Preflight FAILED\\: data/tumours.csv\\: column "mean\\_radius" is missing',
      ),
    );
    assert.ok(
      text.includes(
        '| FAIL | admissions\\: auc\\: −0.005 is worse by more than the margin of 0.001 | auc was 0.876, is 0.871 |',
      ),
    );
    assert.ok(text.includes('| tumours | data/test set.parquet | 569 | 0 | pass |'));
    assert.ok(text.includes('| admissions | f1 |  | 0.871 |  | worse | inconclusive |'));
  });

  it('as JUnit counts what failed, what could not be judged and what is uncertain', () => {
    const suites = parseXml(formatJunit(PLAIN));
    assert.equal(suites.tag, 'testsuites');
    assert.deepEqual(count(suites), { tests: '6', failures: '2', errors: '1', skipped: '1' });
    assert.deepEqual(
      suites.children.map((suite) => [suite.attributes['name'], count(suite)]),
      [
        ['data', { tests: '2', failures: '1', errors: '0', skipped: '0' }],
        ['models', { tests: '3', failures: '1', errors: '0', skipped: '1' }],
        ['gate', { tests: '1', failures: '0', errors: '1', skipped: '0' }],
      ],
    );
    const cases = suites.children.flatMap((suite) => suite.children);
    assert.deepEqual(
      cases.map((one) => [one.attributes['name'], one.children[0]?.tag]),
      [
        ['data/tumours.csv', 'failure'],
        ['data/test set.parquet', undefined],
        ['admissions: auc', 'failure'],
        ['admissions: f1', 'skipped'],
        ['admissions: log_loss', undefined],
        ['dvc.yaml', 'error'],
      ],
    );
    for (const one of cases) assert.ok(one.attributes['classname'] && one.attributes['time']);
  });

  it('as JUnit is never without a case', () => {
    const nothing = judge({
      projects: [],
      scope: 'staged',
      branch: 'main',
      judged: [],
      seconds: 0,
    });
    assert.deepEqual(count(parseXml(formatJunit(nothing))), {
      tests: '1',
      failures: '0',
      errors: '0',
      skipped: '0',
    });
  });

  it('as SARIF has what the standard demands', () => {
    for (const report of [PLAIN, hostile()]) checkSarif(JSON.parse(formatSarif(report)) as Sarif);
    const { runs } = JSON.parse(formatSarif(PLAIN)) as Sarif;
    assert.deepEqual(
      runs[0]?.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
      [
        'column-missing error',
        'metric-tolerance error',
        'yaml-invalid error',
        'metric-tolerance warning',
        'category-unknown warning',
      ],
    );
    assert.equal(runs[0]?.invocations[0]?.executionSuccessful, false);
    assert.deepEqual(runs[0]?.results[2]?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: 'dvc.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 12 },
    });
  });

  it('as SARIF makes no link of what data says', () => {
    const { runs } = JSON.parse(formatSarif(hostile())) as Sarif;
    const messages = runs.flatMap(({ results }) => results.map(({ message }) => message.text));
    assert.ok(messages.some((text) => text.includes('http://evil')));
    for (const text of messages) assert.doesNotMatch(text, /\]\(/);
  });

  for (const [name, format] of Object.entries(FORMATS)) {
    it(`as ${name} lets no content speak to the terminal or to a CI service`, () => {
      const written = format(hostile());
      // oxlint-disable-next-line no-control-regex -- this is what must not be there
      assert.doesNotMatch(written, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
      assert.doesNotMatch(written, /^\s*::/m);
      assert.doesNotMatch(written, /##(?:vso)?\[/i);
    });
  }

  it('as Markdown shows content as it is, without tags, tables or links of its own', () => {
    const table = formatMarkdown(hostile())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    assert.ok(table.length > 0);
    for (const line of table) {
      const plain = line.replaceAll(/\\./g, '').replaceAll('<br>', '');
      assert.doesNotMatch(plain, /[<>`\]]/);
      // The reasons have 3 columns, the data 5, the models 7.
      assert.ok([3, 5, 7].includes(plain.split('|').length - 2), plain);
    }
  });

  it('as JUnit keeps what content said, for a reader who parses it', () => {
    const cases = parseXml(formatJunit(hostile())).children.flatMap((suite) => suite.children);
    assert.ok(cases[0]?.attributes['name']?.includes('a"b\'c`d|e<script>&amp;]]>\n::error::x'));
  });
});

interface Xml {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Xml[];
}

/** Python's expat: a strict parser that knows nothing of ours. */
function parseXml(text: string): Xml {
  const program = `
import json, sys, xml.etree.ElementTree as tree
def plain(node):
    return {'tag': node.tag, 'attributes': node.attrib, 'children': [plain(child) for child in node]}
print(json.dumps(plain(tree.fromstring(sys.stdin.buffer.read()))))`;
  return JSON.parse(execFileSync('python3', ['-c', program], { input: text }).toString()) as Xml;
}

function count({ attributes }: Xml) {
  const { tests, failures, errors, skipped } = attributes;
  return { tests, failures, errors, skipped };
}

interface Sarif {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly { readonly id: string }[];
      };
    };
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations?: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
          readonly region?: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

/** The rules of SARIF 2.1.0 that concern what we write: §3.13, §3.14, §3.27, §3.4, §3.30. */
function checkSarif({ version, $schema, runs }: Sarif): void {
  assert.equal(version, '2.1.0');
  assert.match($schema, /^https:\/\//);
  for (const { tool, invocations, results } of runs) {
    const ids = tool.driver.rules.map(({ id }) => id);
    assert.ok(tool.driver.name !== '' && new Set(ids).size === ids.length);
    assert.equal(typeof invocations[0]?.executionSuccessful, 'boolean');
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      assert.equal(ids[ruleIndex], ruleId);
      assert.ok(['none', 'note', 'warning', 'error'].includes(level));
      assert.ok(message.text !== '');
      const place = locations?.[0]?.physicalLocation;
      // RFC 3986: only these characters, and nothing that looks like a scheme.
      assert.match(place?.artifactLocation.uri ?? '', /^(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/);
      assert.ok((place?.region?.startLine ?? 1) >= 1);
    }
  }
}
