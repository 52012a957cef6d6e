import assert from 'node:assert/strict';
import { readGroovyTokens } from '../../../src/project/ci/groovyTokens';
import { uncoveredStages } from '../../../src/project/uncoveredStages';
import { detectIn, lineOf, stageOf } from './makeProject';

const PIPELINE = `stages:
  prepare: { cmd: a, outs: [rows.csv] }
  train: { cmd: b, deps: [rows.csv], outs: [model.bin] }
  evaluate: { cmd: c, deps: [model.bin] }
`;

describe('Azure Pipelines', () => {
  it('are read with their templates, tasks, folders and blocks', async () => {
    const pipeline = `stages:
  - stage: A
    jobs:
      - deployment: D
        strategy: { runOnce: { deploy: { steps: [ { script: python steps/register.py } ] } } }
      - job: B
        steps:
          - template: ci/steps.yml
          - task: PythonScript@0
            inputs:
              scriptPath: $(System.DefaultWorkingDirectory)/steps/evaluate.py
              arguments: --fast
          - bash: |
              set -e

              python prepare.py
            workingDirectory: $(Build.SourcesDirectory)/steps
`;
    const template = 'steps:\n  - script: python steps/train.py\n';
    const work = 'import pandas as pd\npd.read_csv("in.csv")\n';
    const project = await detectIn({
      'azure-pipelines.yml': pipeline,
      'ci/steps.yml': template,
      'steps/register.py': work,
      'steps/evaluate.py': work,
      'steps/prepare.py': work,
      'steps/train.py': work,
    });
    const jobs = Object.fromEntries(project.stages.map((stage) => [stage.name, stage.ciJobs]));
    const tool = 'azure-pipelines';
    const at = (part: string, job: string) => [
      { file: 'azure-pipelines.yml', line: lineOf(pipeline, part), tool, job },
    ];
    assert.deepEqual(jobs, {
      register: at('register.py', 'D'),
      evaluate: at('evaluate.py', 'B'),
      prepare: at('prepare.py', 'B'),
      train: [{ file: 'ci/steps.yml', line: 2, tool }],
    });
    assert.equal(stageOf(project, 'steps/prepare.py').cwd, 'steps');
  });
});

describe('GitHub Actions', () => {
  it('name the job that runs stages through their tool, with what those need', async () => {
    const workflow = `jobs:
  nightly:
    name: Train every night
    steps:
      - run: |
          dvc pull
          dvc repro -j 2 train
  other:
    steps: [{ run: uv run dvc repro --single-item evaluate }]
`;
    const project = await detectIn({ 'dvc.yaml': PIPELINE, '.github/workflows/x.yml': workflow });
    const file = '.github/workflows/x.yml';
    const tool = 'github-actions';
    const nightly = { file, line: lineOf(workflow, 'repro -j'), tool, job: 'Train every night' };
    assert.deepEqual(stageOf(project, 'prepare').ciJobs, [nightly]);
    assert.deepEqual(stageOf(project, 'train').ciJobs, [nightly]);
    assert.deepEqual(stageOf(project, 'evaluate').ciJobs, [
      { file, line: lineOf(workflow, '--single-item'), tool, job: 'other' },
    ]);
  });
});

describe('GitLab CI', () => {
  it('is read with what it includes, extends and refers to, in the folder that it changes to', async () => {
    const root = `include:
  - local: /ci/*.yml
  - https://example.org/other.yml
default:
  before_script: [dvc pull]
.base:
  before_script:
    - cd ml
train model:
  extends: [.base, .scripts]
evaluate:
  script:
    - !reference [.shared, script]
    - dvc repro -s evaluate
`;
    const included = `.scripts:
  script:
    - echo hello
    - |
      python prepare.py
      python train.py --fast
.shared:
  script: python ml/report.py
`;
    const work = 'import pandas as pd\npd.read_csv("in.csv")\n';
    const project = await detectIn({
      '.gitlab-ci.yml': root,
      'ci/train.yml': included,
      'dvc.yaml': PIPELINE,
      'ml/prepare.py': work,
      'ml/train.py': work,
      'ml/report.py': work,
    });
    const tool = 'gitlab-ci';
    const at = (part: string, job: string) => [
      { file: 'ci/train.yml', line: lineOf(included, part), tool, job },
    ];
    assert.deepEqual(stageOf(project, 'ml/prepare.py').ciJobs, at('prepare.py', 'train model'));
    assert.deepEqual(stageOf(project, 'ml/train.py').ciJobs, at('train.py', 'train model'));
    assert.deepEqual(stageOf(project, 'ml/report.py').ciJobs, at('report.py', 'evaluate'));
    assert.deepEqual(stageOf(project, 'evaluate').ciJobs, [
      { file: '.gitlab-ci.yml', line: lineOf(root, 'repro -s'), tool, job: 'evaluate' },
    ]);
    assert.deepEqual(
      uncoveredStages(project).map((stage) => stage.id),
      ['prepare', 'train'],
    );
  });

  it('that goes round in circles, or is half-written, ends all the same', async () => {
    const circles = `include: .gitlab-ci.yml
a: {extends: b}
b: {extends: a}
c: {script: !reference [c, script]}
d: {script: [`;
    const project = await detectIn({ '.gitlab-ci.yml': circles, 'dvc.yaml': PIPELINE });
    assert.ok(project.tools.some(({ tool }) => tool === 'gitlab-ci'));
    assert.deepEqual(stageOf(project, 'train').ciJobs, []);
  });
});

describe('Jenkins', () => {
  it('is read in both of its languages, with its stages and folders', async () => {
    const declarative = `pipeline {
  agent any // sh 'python not.py'
  environment { NAME = 'it\\'s' }
  stages {
    stage('Train it') {
      steps {
        dir("\${WORKSPACE}/ml") {
          sh '''
            set -e
            python train.py \\\\
              --fast
          '''
        }
        sh(returnStatus: true, script: "dvc repro evaluate")
      }
    }
    /* stage('No') { sh 'dvc repro' } */
  }
}
`;
    const scripted = "node {\n  stage 'Get'\n  sh script: 'python ml/prepare.py'\n}\n";
    const work = 'import pandas as pd\npd.read_csv("in.csv")\n';
    const project = await detectIn({
      Jenkinsfile: declarative,
      'ci/nightly.Jenkinsfile': scripted,
      'dvc.yaml': PIPELINE,
      'ml/prepare.py': work,
      'ml/train.py': work,
    });
    const tool = 'jenkins';
    const job = 'Train it';
    assert.deepEqual(stageOf(project, 'ml/train.py').ciJobs, [
      { file: 'Jenkinsfile', line: lineOf(declarative, 'train.py'), tool, job },
    ]);
    const line = lineOf(declarative, 'dvc repro evaluate');
    for (const id of ['prepare', 'train', 'evaluate']) {
      assert.deepEqual(stageOf(project, id).ciJobs, [{ file: 'Jenkinsfile', line, tool, job }]);
    }
    assert.deepEqual(stageOf(project, 'ml/prepare.py').ciJobs, [
      { file: 'ci/nightly.Jenkinsfile', line: 3, tool },
    ]);
  });

  it('that is half-written, or full of quotes and braces, ends all the same', async () => {
    const sources = [
      "stage('a",
      'stage("a") { sh """',
      '}}}} sh(',
      "sh 'dvc repro",
      '{'.repeat(20_000),
    ];
    for (const source of sources) {
      const project = await detectIn({ Jenkinsfile: source, 'dvc.yaml': PIPELINE });
      assert.equal(project.stages.length, 3);
    }
    const tokens = [...readGroovyTokens(String.raw`a '\'' "\\n"`)];
    assert.deepEqual(
      tokens.map(({ value }) => value),
      ['a', "'", String.raw`\n`],
    );
  });
});

describe('stages that no CI job runs', () => {
  it('are named only where there is CI, and where CI should run them', async () => {
    const none = await detectIn({ 'dvc.yaml': PIPELINE });
    assert.deepEqual(uncoveredStages(none), []);
    const notebook = '{"cells": [{"cell_type": "code", "source": "pd.read_csv(\'a.csv\')"}]}';
    const some = await detectIn({
      'dvc.yaml': PIPELINE,
      Jenkinsfile: "sh 'dvc repro train'",
      'explore.ipynb': notebook,
    });
    assert.deepEqual(
      uncoveredStages(some).map((stage) => stage.id),
      ['evaluate'],
    );
  });
});
