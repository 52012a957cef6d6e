import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  datasetName,
  formatOfPath,
  isDatasetPath,
  roleOfPath,
} from '../../../src/project/classify/datasetPath';
import { joinSeries } from '../../../src/project/classify/fileSeries';
import { matchesGlob } from '../../../src/project/files/globMatch';
import { isMetricsPath } from '../../../src/project/classify/metricsPath';
import { isModelPath, modelName, versionGlob } from '../../../src/project/classify/modelPath';
import { resolvePath } from '../../../src/project/files/paths';
import { kindOfPath } from '../../../src/project/classify/stageKind';
import { uniqueNames } from '../../../src/project/assemble/uniqueNames';
import { withFolder } from './makeProject';

describe('what names say', () => {
  it('of stages', () => {
    const kinds = {
      ingest: [
        'download_data.py',
        'data-ingestion/load_warehouse.py',
        'get_data.py',
        'load_dataset.py',
        'get_data/run.py',
        'etl/main.py',
        'fetch.py',
      ],
      prepare: [
        'prepare.py',
        'src/01-preprocess.py',
        'make_dataset.py',
        'build_features.py',
        'train_test_split.py',
        'train_val_test_split/run.py',
        'featurization.py',
      ],
      validate: ['validate_schema.py', 'check_rows.py', 'data_quality.py'],
      train: ['train.py', 'trainModel.py', 'fit.py', 'tune.py', 'src/model.py'],
      evaluate: [
        'evaluate.py',
        'eval.py',
        'model_validation.py',
        'predict.py',
        'evaluate_train_data.py',
        'test.py',
      ],
      deploy: ['deploy.py', 'register_model.py', 'publish-model.sh', 'serve/main.py', 'promote.py'],
    };
    for (const [kind, paths] of Object.entries(kinds)) {
      for (const path of paths) assert.equal(kindOfPath(path), kind, path);
    }
    for (const path of [
      'main.py',
      'utils.py',
      'train-eval-deploy/main.py',
      'models/net.py',
      'app.py',
    ]) {
      assert.equal(kindOfPath(path), undefined, path);
    }
  });

  it('of data', () => {
    const roles: Readonly<Record<string, string | undefined>> = {
      'data/train.csv': 'train',
      'X_train.parquet': 'train',
      'data/test/part.csv': 'test',
      'val.jsonl': 'validation',
      'logs/requests.jsonl': 'production',
      'reference.parquet': 'reference',
      'data/trainers.csv': undefined,
      'train_test.csv': undefined,
      'test_predictions.csv': undefined,
    };
    for (const [path, role] of Object.entries(roles))
      assert.equal(roleOfPath(path).role, role, path);
    for (const path of [
      'metrics.csv',
      'history.csv',
      'cv_results.csv',
      'config.json',
      'a.txt',
      'predictions.csv',
    ]) {
      assert.equal(isDatasetPath(path), false, path);
    }
  });

  it('of data of every format, and of what only looks like it', () => {
    const formats: Readonly<Record<string, string | undefined>> = {
      'data/train.csv.gz': 'csv',
      'data/train.feather': 'arrow',
      'data/X_train.npy': 'numpy',
      'sales.xlsx': 'excel',
      'data/store.sqlite': 'sqlite',
      'data/store.db::people': 'sqlite',
      'app/store.db': undefined,
      'data/mlflow.db': undefined,
      'logs.tar.gz': undefined,
      'config.json.gz': undefined,
      'metrics.csv.gz': undefined,
      'predictions.npy': undefined,
      'old.xls': undefined,
    };
    for (const [path, format] of Object.entries(formats))
      assert.equal(isDatasetPath(path) ? formatOfPath(path) : undefined, format, path);
    assert.equal(datasetName('data/train.csv.gz'), 'train');
    assert.equal(datasetName('data/store.db::people'), 'people');
  });

  it('of models', () => {
    for (const path of [
      'model.pkl',
      'models/rf.joblib',
      'net.pt',
      'best.onnx',
      'clf_v2.pickle',
      'x_model.pkl',
      'data/processed/best_model.pkl',
      'data/06_models/ensemble.pkl',
    ]) {
      assert.equal(isModelPath(path), true, path);
    }
    for (const path of [
      'scaler.pkl',
      'data.pkl',
      'x_train.pkl',
      'vectorizer.joblib',
      'model.txt',
      'label_encoder.pkl',
      'cache.joblib',
      'models/best_params.joblib',
      'data/04_feature/binning.pkl',
      'processed/rows.joblib',
      // Checkpoints of one training.
      'checkpoints/checkpoint_epoch_*.pth',
      'runs/step-*.safetensors',
    ]) {
      assert.equal(isModelPath(path), false, path);
    }
    assert.equal(versionGlob('models/model.v12.joblib'), 'models/model.v*.joblib');
    assert.equal(versionGlob('models/churn-v1.2.0.onnx'), 'models/churn-v*.onnx');
    assert.equal(versionGlob('models/model_version_3.pkl'), 'models/model_version_*.pkl');
    assert.equal(versionGlob('model.v*.joblib'), 'model.v*.joblib');
    assert.equal(versionGlob('resnet50.pt'), 'resnet50.pt');
    assert.equal(modelName('models/churn-v1.2.0.onnx'), 'churn');
    assert.equal(modelName('models/model.v*.joblib'), 'model');
  });

  it('of metrics', () => {
    for (const path of [
      'metrics.json',
      'out/train_metrics.yaml',
      'metrics-test.json',
      'eval_results.json',
      'scores.json',
    ]) {
      assert.equal(isMetricsPath(path), true, path);
    }
    for (const path of [
      'metrics.csv',
      'biometrics.json',
      'package.json',
      'results/x.json',
      'metrics.py',
    ]) {
      assert.equal(isMetricsPath(path), false, path);
    }
  });
});

describe('names of datasets', () => {
  const stem = (path: string): string => path.replace(/^.*\//, '').replace(/\.\w+$/, '');

  it('are unique, and the one nearest to the root keeps the short one', () => {
    const items = ['a/deep/train.csv', 'data/train.csv', 'other/train.csv', 'data/Train.tsv'].map(
      (path) => ({ path }),
    );
    assert.deepEqual(uniqueNames(items, stem), [
      'deep-train',
      'train',
      'other-train',
      'data-Train',
    ]);
  });

  it('keep clear of the given ones', () => {
    assert.deepEqual(
      uniqueNames(
        [{ path: 'train.csv' }, { path: 'x/y.csv', name: 'train' }, { path: 'train.tsv' }],
        stem,
      ),
      ['train-2', 'train', 'train-3'],
    );
  });

  it('are safe as names of files', () => {
    const paths = [
      '../etc/passwd.csv',
      'a b$(x).csv',
      '.hidden.csv',
      'con.csv',
      '**.csv',
      'ünïcode.csv',
      `${'x'.repeat(300)}.csv`,
    ];
    for (const name of uniqueNames(
      paths.map((path) => ({ path })),
      stem,
    )) {
      assert.match(name, /^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,99}$/u);
      assert.doesNotMatch(name, /^con$/i);
    }
  });
});

describe('globs', () => {
  it('match what git matches', async () => {
    const paths = [
      'a.csv',
      'data/a.csv',
      'data/b.csv',
      'data/x/a.csv',
      'data/x/y/a.tsv',
      'data/[a].csv',
      'data/a+b.csv',
      'da.ta/1.csv',
    ];
    const globs = [
      '*.csv',
      'data/*.csv',
      'data/**/a.csv',
      '**/a.csv',
      'data/**',
      'data/?.csv',
      'data/[ab].csv',
      'data/[!a].csv',
      'da.ta/*',
      'data/a+b.csv',
    ];
    await withFolder(Object.fromEntries(paths.map((path) => [path, ''])), (root) => {
      execFileSync('git', ['init', '-q'], { cwd: root });
      for (const glob of globs) {
        const words = ['ls-files', '--others', '-z', '--', `:(glob)${glob}`];
        const expected = execFileSync('git', words, { cwd: root, encoding: 'utf8' })
          .split('\0')
          .filter(Boolean);
        assert.deepEqual(
          paths.filter((path) => matchesGlob(path, glob)).toSorted(),
          expected.toSorted(),
          glob,
        );
      }
      return Promise.resolve();
    });
  });

  it('take no time to fail, and braces choose', () => {
    const start = performance.now();
    assert.equal(matchesGlob('a'.repeat(200), `${'*a'.repeat(40)}b`), false);
    assert.ok(performance.now() - start < 1000);
    assert.equal(matchesGlob('x.tsv', 'x.{csv,tsv}'), true);
    assert.equal(matchesGlob('x.[z-a]', 'x.[z-a]'), false);
  });
});

describe('many files of one kind', () => {
  it('are one glob where they differ in numbers only, or fill a folder', () => {
    const months = ['01', '02', '03', '04', '05'].map((month) => `data/sales_2024-${month}.csv`);
    const parts = Array.from(
      { length: 60 },
      (_, index) => `parts/${String.fromCharCode(97 + (index % 26))}x${index}y.csv`,
    );
    const shards = Array.from({ length: 30 }, (_, folder) =>
      Array.from({ length: 4 }, (_, part) => `lake/day=${folder}/part-${part}.parquet`),
    ).flat();
    const single = ['data/train.csv', 'data/test.csv', 'data/fold_1.csv', 'data/fold_2.csv'];
    const joined = joinSeries([...months, ...parts, ...shards, ...single]).map(
      (series) => series.path,
    );
    assert.deepEqual(joined.toSorted(), [
      'data/fold_1.csv',
      'data/fold_2.csv',
      'data/sales_2024-*.csv',
      'data/test.csv',
      'data/train.csv',
      'lake/**/*.parquet',
      'parts/*.csv',
    ]);
  });
});

describe('paths', () => {
  it('stay inside of the project', () => {
    assert.equal(resolvePath('a/b', '../c.csv'), 'a/c.csv');
    assert.equal(resolvePath('.', './x//y/'), 'x/y');
    assert.equal(resolvePath('a', '..'), '.');
    for (const path of ['../../x', '/etc/x', 's3://b/x', 'C:\\x', '']) {
      assert.equal(resolvePath('a', path), undefined, path);
    }
  });
});
