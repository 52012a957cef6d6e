import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Project } from '../../../src/project/project';
import { detectIn, lineOf, stageOf, withFolder, detectAt } from './makeProject';

const IMPORTS = `import json, os, pickle, shutil, sqlite3, sys
import os.path as osp
from argparse import ArgumentParser
from pathlib import Path
import joblib
import numpy as np
import pandas as pd
import yaml
`;

/** A script at `folder/step.py` that does this, and what was found to be read and written. */
async function filesOf(
  body: string,
  others: Readonly<Record<string, string>> = {},
): Promise<{ reads: readonly string[]; writes: readonly string[] }> {
  const project = await detectIn({ 'jobs/step.py': `${IMPORTS}${body}`, ...others });
  const stage = stageOf(project, 'jobs/step.py');
  const reads = stage.dependencies.filter((path) => !path.endsWith('.py'));
  return { reads, writes: stage.outputs };
}

describe('what a script reads and writes', () => {
  it('is found in pandas, numpy, joblib, json, pickle, open and pathlib', async () => {
    const found = await filesOf(`
rows = pd.read_csv("a.csv")
more = pd.read_parquet(path="b.parquet")
third = pd.read_json("c.jsonl", lines=True)
array = np.load("d.npy")
with open("e.txt") as file, open("f.txt", mode="w") as out:
    out.write(file.read())
text = Path("g.txt").read_text()
rows.to_csv("h.csv", index=False)
rows.to_parquet(path="i.parquet")
np.save("j.npy", array)
model = joblib.load("k.joblib")
joblib.dump(model, "l.joblib")
json.dump({}, open("m.json", "w"))
with Path("n.pkl").open("wb") as handle:
    pickle.dump(model, handle)
Path("o.txt").write_text("x")
shutil.copyfile("p.bin", "q.bin")
`);
    assert.deepEqual(found.reads, [
      'a.csv',
      'b.parquet',
      'c.jsonl',
      'd.npy',
      'e.txt',
      'g.txt',
      'k.joblib',
      'p.bin',
    ]);
    assert.deepEqual(found.writes, [
      'f.txt',
      'h.csv',
      'i.parquet',
      'j.npy',
      'l.joblib',
      'm.json',
      'n.pkl',
      'o.txt',
      'q.bin',
    ]);
  });

  it('is followed through constants, joins, f-strings, formats, loops and choices', async () => {
    const found = await filesOf(`
BASE = "data"
OUT = Path("out") / "tables"
NAMES = ["x", "y"]
FILES = {"raw": osp.join(BASE, "raw.csv")}
pd.read_csv(FILES["raw"])
pd.read_csv(os.path.join(BASE, "deep", "in.csv"))
pd.read_csv(BASE + "/plus.csv")
pd.read_csv("%s/percent.csv" % BASE)
pd.read_csv("{}/{name}.csv".format(BASE, name="format"))
rows = pd.read_csv(f"{BASE}/{'literal'}.csv")
for name in NAMES:
    rows.to_csv(OUT / f"{name}.csv")
for key, (stem, n) in {"k": ("t", 1)}.items():
    rows.to_csv(OUT.joinpath(stem + ".tsv"))
rows.to_csv(OUT.with_suffix(".csv"))
rows.to_csv(str(OUT.parent / "up.csv"))
rows.to_parquet(f"models/run_{len(rows)}.parquet")
target = "one.csv" if rows.empty else "two.csv"
rows.to_csv(target)
a, b = "p.csv", "q.csv"
rows.to_csv(b)
`);
    assert.deepEqual(found.reads, [
      'data/raw.csv',
      'data/deep/in.csv',
      'data/plus.csv',
      'data/percent.csv',
      'data/format.csv',
      'data/literal.csv',
    ]);
    assert.deepEqual(found.writes, [
      'out/tables/x.csv',
      'out/tables/y.csv',
      'out/tables/t.tsv',
      'out/tables.csv',
      'out/up.csv',
      'models/run_*.parquet',
      'one.csv',
      'two.csv',
      'q.csv',
    ]);
  });

  it('is followed from the place of the script itself', async () => {
    const found = await filesOf(`
HERE = Path(__file__).resolve().parent
ROOT = Path(__file__).parents[1]
OLD = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
pd.read_csv(HERE / "own.csv")
pd.read_csv(ROOT / "data" / "a.csv")
pd.read_csv(os.path.join(OLD, "data", "b.csv"))
`);
    assert.deepEqual(found.reads, ['jobs/own.csv', 'data/a.csv', 'data/b.csv']);
  });

  it('is followed through functions, methods, classes and modules of the project', async () => {
    const found = await filesOf(
      `
from helpers.tables import Store, load, save as keep
from . import sibling
import settings

def read(path, kind="csv"):
    return pd.read_csv(f"{path}.{kind}")

class Config:
    target = "class.csv"
    def __init__(self, folder):
        self.folder = folder
    def path(self):
        return os.path.join(self.folder, "method.csv")

def main():
    config = Config("conf")
    read("fn")
    load(settings.SOURCE)
    rows = read("other", kind="txt")
    rows.to_csv(config.path())
    rows.to_csv(Config.target)
    keep(rows)
    Store(root="store").put(rows)
    sibling.note()

if __name__ == "__main__":
    main()
`,
      {
        'helpers/tables.py': `import pandas as pd
DEFAULT = "helpers-out.csv"
def load(path):
    return pd.read_csv(path)
def save(rows, path=DEFAULT):
    rows.to_csv(path)
def never_called():
    pd.read_csv("never.csv")
class Store:
    def __init__(self, root):
        self.root = root
    def put(self, rows):
        rows.to_csv(self.root + "/put.csv")
if __name__ == "__main__":
    pd.read_csv("guarded.csv")
`,
        'settings.py': 'SOURCE = "settings.csv"\n',
        'jobs/sibling.py': 'def note():\n    open("note.txt", "w").write("x")\n',
      },
    );
    assert.deepEqual(found.reads.toSorted(), ['fn.csv', 'other.txt', 'settings.csv']);
    assert.deepEqual(found.writes.toSorted(), [
      'class.csv',
      'conf/method.csv',
      'helpers-out.csv',
      'note.txt',
      'store/put.csv',
    ]);
  });

  it('is taken from the defaults of the command line and from configuration files', async () => {
    const project = await detectIn({
      'config/base.yaml':
        'paths:\n  raw: data/raw.csv\n  parts: [data/p1.csv, data/p2.csv]\nnext: config/more.json\n',
      'config/more.json': '{"out": "out/from-json.csv"}',
      'step.py': `${IMPORTS}
def main():
    parser = ArgumentParser()
    parser.add_argument("-c", "--config-file", default="config/base.yaml")
    parser.add_argument("--limit", type=int)
    parser.add_argument("extra", nargs="?", default="data/extra.csv")
    args = parser.parse_args()
    with open(args.config_file) as stream:
        config = yaml.safe_load(stream)
    rows = pd.read_csv(config["paths"]["raw"])
    for part in config["paths"].get("parts"):
        pd.read_csv(part)
    pd.read_csv(args.extra)
    pd.read_csv(os.environ.get("SECOND", "data/env.csv"))
    more = json.load(open(config["next"]))
    rows.to_csv(more["out"])

main()
`,
    });
    const step = stageOf(project, 'step.py');
    assert.deepEqual(step.dependencies, [
      'step.py',
      'data/raw.csv',
      'data/p1.csv',
      'data/p2.csv',
      'data/extra.csv',
      'data/env.csv',
      'config/more.json',
    ]);
    assert.deepEqual(step.parameters, ['config/base.yaml']);
    assert.deepEqual(step.outputs, ['out/from-json.csv']);
  });

  it('tells reading a database from filling it', async () => {
    const load = await filesOf(`
connection = sqlite3.connect("db/store.db")
pd.read_csv("in.csv").to_sql("t", connection)
`);
    assert.deepEqual(load, { reads: ['in.csv'], writes: ['db/store.db'] });
    const ask = await filesOf(`
from sqlalchemy import create_engine
engine = create_engine("sqlite:///db/store.db")
pd.read_sql("SELECT * FROM t", engine).to_csv("out.csv")
`);
    assert.deepEqual(ask, { reads: ['db/store.db'], writes: ['out.csv'] });
    const create = await filesOf(`
with sqlite3.connect("db/store.db") as connection:
    connection.execute("CREATE TABLE t (a)")
pd.read_csv("in.csv")
`);
    assert.deepEqual(create.writes, ['db/store.db']);
  });

  it('leaves out what lies elsewhere or is not known', async () => {
    const found = await filesOf(`
pd.read_csv("https://example.com/x.csv")
pd.read_csv("s3://bucket/x.csv")
pd.read_csv("/etc/x.csv")
pd.read_csv("~/x.csv")
pd.read_csv("../../outside.csv")
pd.read_csv(sys.argv[1])
pd.read_csv(os.path.join(sys.argv[2], "half.csv"))
pd.read_csv(input())
pd.read_csv("known.csv").to_csv(b"bytes")
`);
    assert.deepEqual(found, { reads: ['known.csv'], writes: [] });
  });

  it('is not looked for for ever in code that goes round in circles', async () => {
    const found = await filesOf(`
def a(x):
    return b(x) + c(x)
def b(x):
    return a(x) + a(x)
def c(x):
    return c(c(x))
name = a("x")
name = name + name
x = y
y = x
f = f"{f}{f}{f}"
pd.read_csv(name)
pd.read_csv(x)
pd.read_csv("known.csv")
${'deep = ('.repeat(300)}1${')'.repeat(300)}
`);
    assert.ok(found.reads.includes('known.csv'));
  });
});

describe('which scripts are stages', () => {
  const WORK = 'import pandas as pd\npd.read_csv("data.csv").to_csv("out.csv")\n';
  const ids = (project: Project): string[] => project.stages.map((stage) => stage.id).toSorted();

  it('not: tests, packaging, documentation, libraries, services and scripts without data', async () => {
    const project = await detectIn({
      'prepare.py': WORK,
      'tests/prepare_data.py': WORK,
      'test_prepare.py': WORK,
      'setup.py': WORK,
      'conftest.py': WORK,
      'docs/example.py': WORK,
      'pkg/__init__.py': WORK,
      'library.py': 'import pandas as pd\ndef load():\n    return pd.read_csv("x.csv")\n',
      // Run as a script, its import fails.
      'pkg/layers.py': `import pandas as pd\nfrom .base import register\nregister(pd.read_csv("data.csv"))\n`,
      'pkg/base.py': 'def register(rows): ...\n',
      'hello.py': 'print("hello")\n',
      'rename_files.py': 'import os\nos.rename("a", "b")\n',
      'serve.py': `from fastapi import FastAPI\nimport joblib, uvicorn\napp = FastAPI()\nmodel = joblib.load("models/model.joblib")\nuvicorn.run(app)\n`,
      'models/model.joblib': '',
      'broken.py': 'import pandas as pd\ndef (:\n  pd.read_csv("x\n',
    });
    assert.deepEqual(ids(project), ['prepare.py']);
    // What a service serves is a model all the same.
    assert.deepEqual(
      project.models.map(({ path, evidence }) => [path, evidence]),
      [
        [
          'models/model.joblib',
          [
            { file: 'serve.py', line: 4 },
            { file: 'models/model.joblib', line: 1 },
          ],
        ],
      ],
    );
  });

  it('not: modules that others import and scripts that only call the others, unless one is told to run them', async () => {
    const files = {
      'steps/load.py': `import pandas as pd\ndef run():\n    pd.read_csv("a.csv").to_csv("b.csv")\nif __name__ == "__main__":\n    run()\n`,
      'steps/train.py': `import pandas as pd, joblib\ndef run():\n    joblib.dump(pd.read_csv("b.csv"), "model.joblib")\nif __name__ == "__main__":\n    run()\n`,
      'steps/tools.py': `import pandas as pd\ndef look():\n    pd.read_csv("a.csv")\nif __name__ == "__main__":\n    look()\n`,
      'main.py': `from steps import load, train, tools\ntools.look()\nload.run()\ntrain.run()\n`,
    };
    assert.deepEqual(ids(await detectIn(files)), ['steps/load.py', 'steps/train.py']);
    const told = await detectIn({ ...files, 'README.md': 'Run\n\n```sh\npython main.py\n```\n' });
    assert.deepEqual(ids(told), ['main.py', 'steps/load.py', 'steps/train.py']);
  });

  it('get their kind from their name, else from what they do', async () => {
    const project = await detectIn({
      'src/one.py': `import joblib, pandas as pd\nfrom sklearn.svm import SVC\nmodel = SVC().fit(pd.read_csv("t.csv"))\njoblib.dump(model, "model.joblib")\n`,
      'src/two.py': `import json, joblib\nfrom sklearn.metrics import f1_score\nm = joblib.load("model.joblib")\njson.dump({"f1": f1_score(1, m.predict(1))}, open("scores.json", "w"))\n`,
      'src/three.py': WORK,
      'src/download_data.py': WORK,
      'src/trainModel.py': WORK,
      'src/loop.py': `import torch\nfrom nets import make\nnet, step = make()\nnet(torch.load("x.pt")).mean().backward()\nstep.step()\n`,
      'src/tuner.py': `from transformers import Trainer\nimport pandas as pd\nTrainer(None, pd.read_csv("t.csv")).train()\n`,
      'src/validate.py': `import torch\nnet = torch.load("net.pt")\nopen("said.txt", "w").write(str(net))\n`,
      'training/plot.py': `import pandas as pd\npd.read_csv("t.csv").plot().figure.savefig("t.png")\n`,
      'training/main.py': `import pandas as pd\nfrom sklearn.svm import SVC\nSVC().fit(pd.read_csv("t.csv"))\n`,
    });
    const kinds = Object.fromEntries(project.stages.map((stage) => [stage.name, stage.kind]));
    assert.deepEqual(kinds, {
      one: 'train',
      two: 'evaluate',
      three: 'prepare',
      download_data: 'ingest',
      trainModel: 'train',
      loop: 'train',
      tuner: 'train',
      validate: 'evaluate',
      plot: 'other',
      main: 'train',
    });
    assert.deepEqual(stageOf(project, 'src/two.py').metrics, ['scores.json']);
    assert.deepEqual(project.models[0]?.metrics, ['scores.json']);
  });
});

describe('how a script is run', () => {
  const SCRIPT = 'import pandas as pd\npd.read_csv("in.csv").to_csv("out.csv")\n';

  it('is quoted so that a shell runs exactly that file, whatever it is called', async function () {
    this.timeout(30_000);
    const names = [
      'with space.py',
      "it's.py",
      '$(touch hacked).py',
      '`touch hacked`.py',
      'a;touch hacked.py',
      'double"quote.py',
      'back\\slash.py',
      '-rf.py',
      'new\nline.py',
      '*.py',
    ];
    const script = 'import pandas as pd\nprint(repr(__file__))\npd.read_csv("in.csv")\n';
    const files = Object.fromEntries(names.map((name) => [`jobs/${name}`, script]));
    const stub = 'def read_csv(path): pass\n';
    await withFolder({ ...files, 'stubs/pandas.py': stub }, async (root) => {
      const project = await detectAt(root);
      assert.equal(project.stages.length, names.length);
      for (const stage of project.stages) {
        const command = stage.command.replace(/^python /, 'python3 ');
        const ran = execFileSync('sh', ['-c', command], {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, PYTHONPATH: 'stubs', PYTHONDONTWRITEBYTECODE: '1' },
        });
        const printed = execFileSync('python3', ['-c', `print(${ran.trim()}, end="")`], {
          encoding: 'utf8',
        });
        assert.ok(printed.endsWith(stage.id), `${stage.command} ran ${printed}`);
      }
      assert.equal((await detectAt(root)).stages.length, names.length);
    });
  });

  it('is in its own folder where what it reads lies beside it, else in the root', async () => {
    const project = await detectIn({
      'one/step.py': SCRIPT,
      'one/in.csv': 'a\n',
      'two/step.py': SCRIPT,
      'three/step.py': 'import pandas as pd\npd.read_csv("../shared/in.csv").to_csv("out.csv")\n',
      'shared/in.csv': 'a\n',
    });
    const found = project.stages.map(({ command, cwd, dependencies, outputs }) => [
      cwd,
      command,
      dependencies[1],
      outputs[0],
    ]);
    assert.deepEqual(found, [
      ['one', 'python step.py', 'one/in.csv', 'one/out.csv'],
      ['three', 'python step.py', 'shared/in.csv', 'three/out.csv'],
      ['.', 'python two/step.py', 'in.csv', 'out.csv'],
    ]);
  });

  it('is as a README says: the folder, the module, and the arguments that it cannot do without', async () => {
    const needy = `import argparse, pandas as pd
parser = argparse.ArgumentParser()
parser.add_argument("--input", required=True)
parser.add_argument("--out", default="out.csv")
parser.add_argument("--fast", action="store_true")
args = parser.parse_args()
pd.read_csv(args.input).to_csv(args.out)
`;
    const project = await detectIn({
      'README.md': `# Steps
\`\`\`console
$ cd project-clone
$ cd work && python3 ../needy.py --fast --input "my data.csv" --out other.csv
\`\`\`
    uv run python -m pkg.prepare --verbose

Then \`torchrun train.py\`.
`,
      'work/.keep': '',
      'needy.py': needy,
      'pkg/prepare.py': SCRIPT,
      'train.py': SCRIPT,
    });
    const found = project.stages.map(({ command, cwd }) => [cwd, command]);
    assert.deepEqual(found, [
      ['work', "python ../needy.py --fast --input 'my data.csv' --out other.csv"],
      ['.', 'python -m pkg.prepare --verbose'],
      ['.', 'torchrun train.py'],
    ]);
    const step = stageOf(project, 'needy.py');
    assert.deepEqual(step.dependencies, ['needy.py', 'work/my data.csv']);
    assert.deepEqual(step.outputs, ['work/other.csv']);
  });

  it('leaves to CI what CI passes and the script does not need', async () => {
    const workflow = `on: push
defaults: { run: { working-directory: ml } }
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          pip install -r requirements.txt
          python deploy.py --environment production
      - run: python -m pytest
      - run: bash publish_model.sh
        working-directory: .
`;
    const project = await detectIn({
      '.github/workflows/deploy.yml': workflow,
      'ml/deploy.py': `import argparse, joblib
parser = argparse.ArgumentParser()
parser.add_argument("--environment", default="staging")
args = parser.parse_args()
joblib.load("model.joblib")
`,
      'publish_model.sh': 'echo\n',
    });
    const deploy = stageOf(project, 'ml/deploy.py');
    assert.deepEqual([deploy.command, deploy.cwd], ['python deploy.py', 'ml']);
    assert.deepEqual(deploy.ciJobs, [
      {
        file: '.github/workflows/deploy.yml',
        line: lineOf(workflow, 'python deploy.py'),
        tool: 'github-actions',
        job: 'deploy',
      },
    ]);
    // Only CI knows of this one.
    const publish = stageOf(project, 'publish_model.sh');
    assert.deepEqual(
      [publish.tool, publish.kind, publish.command, publish.cwd],
      ['github-actions', 'deploy', 'bash publish_model.sh', '.'],
    );
    assert.deepEqual(
      { ...publish.source, tool: 'github-actions', job: 'deploy' },
      publish.ciJobs[0],
    );
  });
});
