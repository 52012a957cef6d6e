import assert from 'node:assert/strict';
import { judge } from '../../../src/gate/judge';
import { onInconclusive } from '../../../src/gate/policy';
import type { JudgedProject } from '../../../src/gate/judgedProject';
import type { CheckReport } from '../../../src/gate/checkReport';
import { comparisonOf, datasetOf, findingOf, metricOf, NO_FINDINGS } from './gateParts';

const EMPTY: JudgedProject = {
  policy: {},
  datasets: [],
  comparisons: [],
  problems: [],
  doubts: [],
};
const PROBLEM = {
  code: 'yaml-invalid',
  message: 'This is not valid YAML.',
  file: 'dvc.yaml',
  line: 12,
  column: 5,
};

function judged(parts: Partial<JudgedProject>, branch: string | undefined = 'main'): CheckReport {
  const projects = [{ ...EMPTY, ...parts }];
  return judge({ projects, scope: 'staged', branch, judged: [], seconds: 1 });
}

const failing = datasetOf([findingOf({ message: 'Column "mean_radius" is missing.' })]);
const warning = datasetOf(
  [findingOf({ severity: 'warning', message: 'Column "x" drifted.' })],
  'b.csv',
);
const uncertain = comparisonOf([metricOf({ result: 'inconclusive', reason: 'Too few rows.' })]);

describe('the verdict', () => {
  const outcome = ({ verdict, blocks, unjudged }: CheckReport) => [verdict, blocks, unjudged];

  it('passes what nothing speaks against', () => {
    const report = judged({
      datasets: [datasetOf([]), datasetOf([], 'b.csv')],
      comparisons: [comparisonOf([metricOf({})])],
    });
    assert.deepEqual(outcome(report), ['pass', false, false]);
    assert.equal(
      report.headline,
      'ML Preflight passed: 2 datasets, 1 model, nothing speaks against it',
    );
    assert.deepEqual(report.reasons, []);
  });

  it('fails for one failure, and says how much more there is', () => {
    const report = judged({
      datasets: [warning, failing, datasetOf([findingOf({}), findingOf({})], 'c.csv')],
    });
    assert.deepEqual(outcome(report), ['fail', true, false]);
    assert.equal(
      report.headline,
      'ML Preflight FAILED: data/tumours.csv: column "mean_radius" is missing (and 2 more)',
    );
  });

  it('fails for a failure even where something else could not be judged', () => {
    const report = judged({ datasets: [failing], problems: [PROBLEM] });
    assert.deepEqual(outcome(report), ['fail', true, true]);
  });

  it('cannot judge with a problem, whatever the policy is', () => {
    const report = judged({
      policy: { '*': { inconclusive: 'warn' } },
      datasets: [warning],
      problems: [PROBLEM],
    });
    assert.deepEqual(outcome(report), ['inconclusive', true, true]);
    assert.equal(
      report.headline,
      'ML Preflight COULD NOT JUDGE: dvc.yaml:12:5: This is not valid YAML',
    );
  });

  it('cannot judge a dataset that could not be read, or a metrics file', () => {
    const dataset = {
      ...datasetOf([]),
      verdict: 'inconclusive' as const,
      problems: [{ code: 'x', message: 'It is gone.' }],
    };
    assert.equal(
      judged({ datasets: [dataset] }).headline,
      'ML Preflight COULD NOT JUDGE: data/tumours.csv: it is gone',
    );
    assert.deepEqual(outcome(judged({ datasets: [dataset] })), ['inconclusive', true, true]);
    const comparison = { ...comparisonOf([]), problems: [{ ...PROBLEM, file: 'metrics.json' }] };
    assert.deepEqual(outcome(judged({ comparisons: [comparison] })), ['inconclusive', true, true]);
  });

  it('leaves an uncertain comparison to the policy of the branch', () => {
    const policy = { main: { inconclusive: 'block' }, '*': { inconclusive: 'warn' } } as const;
    const blocked = judged({ policy, comparisons: [uncertain] }, 'main');
    assert.deepEqual(outcome(blocked), ['inconclusive', true, false]);
    assert.equal(
      blocked.headline,
      'ML Preflight INCONCLUSIVE (blocked on main): admissions: auc: too few rows',
    );
    const allowed = judged({ policy, comparisons: [uncertain] }, 'feature/x');
    assert.deepEqual(outcome(allowed), ['inconclusive', false, false]);
    assert.match(allowed.headline, /\(allowed on feature\/x\)/);
    assert.deepEqual(outcome(judged({ comparisons: [uncertain] }, undefined)), [
      'inconclusive',
      false,
      false,
    ]);
  });

  it('takes the policy of the project that is uncertain', () => {
    const strict: JudgedProject = { ...EMPTY, policy: { '*': { inconclusive: 'block' } } };
    const loose: JudgedProject = { ...EMPTY, comparisons: [uncertain] };
    const input = { scope: 'staged', branch: 'main', judged: [], seconds: 0 } as const;
    assert.equal(judge({ ...input, projects: [strict, loose] }).blocks, false);
    assert.equal(
      judge({ ...input, projects: [loose, { ...strict, comparisons: [uncertain] }] }).blocks,
      true,
    );
  });

  it('warns without blocking, of findings and of what it could not read besides', () => {
    const report = judged({ datasets: [warning], doubts: [PROBLEM] });
    assert.deepEqual(outcome(report), ['warn', false, false]);
    assert.equal(report.headline, 'ML Preflight passed with 2 warnings: b.csv: column "x" drifted');
  });

  it('says nothing of mere information', () => {
    assert.deepEqual(
      judged({ datasets: [datasetOf([findingOf({ severity: 'info' })])] }).reasons,
      [],
    );
  });

  it('puts the weightiest first: failures, the unjudged, the uncertain, warnings', () => {
    const report = judged({
      datasets: [warning, failing],
      comparisons: [uncertain],
      problems: [PROBLEM],
    });
    assert.deepEqual(
      report.reasons.map(({ verdict, kind }) => `${verdict} ${kind}`),
      ['fail data', 'inconclusive problem', 'inconclusive model', 'warn data'],
    );
  });

  it('has a headline of one line and bounded length, whatever the names are', () => {
    const message = `Column "a\n::error::b\u001b[31m\u202e${'x'.repeat(500)}" is missing.`;
    const { headline } = judged({ datasets: [datasetOf([findingOf({ message })])] }, 'a\nb');
    assert.ok(headline.length <= 240);
    assert.doesNotMatch(headline, /[\p{Cc}\p{Bidi_Control}]/u);
  });

  it('quotes what a user would paste into a shell', () => {
    const fix = {
      title: 'Accept it.',
      accept: "column-missing:$(touch x)';",
      edit: { action: 'remove', path: [] } as const,
    };
    const report = judged({ datasets: [datasetOf([findingOf({ fix })])] });
    assert.equal(
      report.reasons[0]?.fix,
      "Accept it: ml-preflight validate tumours --accept 'column-missing:$(touch x)'\\'';'",
    );
  });

  it('has no findings of its own', () => {
    assert.deepEqual(judged({ datasets: [failing, warning] }).findings, [
      ...failing.findings,
      ...warning.findings,
    ]);
    assert.deepEqual(judged({}).findings, NO_FINDINGS);
  });
});

describe('the policy of a branch', () => {
  const policy = {
    main: { inconclusive: 'block' },
    'release/*': { inconclusive: 'block' },
    'release/*-rc*': { inconclusive: 'warn' },
    '*': {},
  } as const;
  const cases: readonly (readonly [string | undefined, 'block' | 'warn'])[] = [
    ['main', 'block'],
    ['mainly', 'warn'],
    ['release/1', 'block'],
    ['release/1-rc2', 'warn'],
    ['release/a/b', 'block'],
    ['feature/main', 'warn'],
    [undefined, 'warn'],
  ];
  for (const [branch, expected] of cases) {
    it(`${String(branch)}: ${expected}`, () =>
      assert.equal(onInconclusive(policy, branch), expected));
  }

  it('with a star for all covers a detached HEAD, and one without a policy warns', () => {
    assert.equal(onInconclusive({ '*': { inconclusive: 'block' } }, undefined), 'block');
    assert.equal(onInconclusive({}, 'main'), 'warn');
  });

  it('does not let a piece of a glob match twice', () => {
    assert.equal(onInconclusive({ 'ab*ba': { inconclusive: 'block' } }, 'aba'), 'warn');
    assert.equal(onInconclusive({ '*a*a*': { inconclusive: 'block' } }, 'a'), 'warn');
    assert.equal(onInconclusive({ 'a*b*b': { inconclusive: 'block' } }, 'ab'), 'warn');
  });
});
