import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseParameters } from '../../src/pipeline/parameters/parameterValues';
import { detectProject } from '../../src/project/detectProject';
import { openWorktreeFiles } from '../../src/project/files/worktreeFiles';
import { readOutput } from '../harness/childProcess';
import { ensurePythonEnvironment, withPath } from '../harness/pythonEnvironment';
import { makeTemporaryFolder, removeTemporaryFolder } from '../harness/temporaryFolder';
import { readDvcStages, readOwnStages } from './dvcStages';
import { TEMPLATE_FILES } from './pipelineTemplates';

/** What DVC's own code reads from a file. Tuples become lists in JSON. */
const PARSE = `
import json, sys
from dvc.utils.serialize import PARSERS
text = open(sys.argv[1]).read()
# Integers that a double cannot hold are texts with us.
values = PARSERS["." + sys.argv[1].rsplit(".", 1)[1]](text, sys.argv[1])
print(json.dumps({k: str(v) if isinstance(v, int) and abs(v) >= 2**53 else v for k, v in values.items()}))
`;

const SCALARS = [
  '1_000',
  '0x1f',
  '-0x1F',
  '0b101',
  '0o17',
  '017',
  '+7',
  '-0',
  '1_0.5',
  '.5',
  '1.',
  '1e3',
  '1E-3',
  '-1.5e+2',
  '.inf',
  '-.INF',
  '.nan',
  '1.2.3',
  '1_',
  '_1',
  '0x',
  '1e',
  'e1',
  '0o8',
  'yes',
  'on',
  'True',
  'TRUE',
  'tRue',
  'null',
  '~',
  'Null',
  'NULL',
  'nUll',
  '""',
  "'1'",
  '1:30',
  '12345678901234567',
  '"1_000"',
  '!!str 1',
  '08',
  '1_000_000',
  '-1_0',
  '0.1_5',
];

const MODULE = `
"""text"""
import os
a = 1
b: int = -2
c: str
d = e = 3
x, y = 1, 2
s = "a" 'b' r'\\n' '\\x41\\u00e9'
f = f"x{a}"
t = (1, (2, 3))
t2 = 1, "two"
t1 = (1)
e0 = ()
big = 1_000_000
hexed = 0x1F
small = -1e-05
half = .5
neg = - 3
pos = +3
no = not True
sum_ = 1 + 2
nested = {"k": [1, {"z": None}], 'l': {}, "m": (1, 2)}
spread = {**nested}
called = dict(a=1)
names = [a, b]
doc = """two
lines"""
os.path = 1
if True:
    inside = 1
for i in []:
    looped = 2
class Model(object):
    """doc"""
    lr = 1e-3; steps = [1, 2]
    kind: str = "cnn"
    class Inner:
        deep = {"x": [1]}
        def __init__(self):
            self.w = 2.0
    def __init__(self, q=1) -> None:
        self.seed = 42
        self.other.x = 1
        local = 5
        if q:
            self.no = 1
    def method(self):
        self.m = 1
@decorated(1)
class Decorated:
    z = True
async def g():
    w = 1
def __init__(self):
    self.odd = "yes"
`;

describe('what is read of the files of DVC', function () {
  this.timeout(120_000);
  const folder = makeTemporaryFolder('reading');
  let env: NodeJS.ProcessEnv = {};
  before(async () => {
    env = { ...withPath(await ensurePythonEnvironment()), DVC_NO_ANALYTICS: '1' };
  });
  after(() => removeTemporaryFolder(folder));

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  /** JSON of Python with its NaN and Infinity. */
  const fromDvc = async (script: string, ...words: readonly string[]): Promise<unknown> => {
    const text = await readOutput('python', ['-c', script, ...words], { cwd: folder, env });
    return JSON.parse(text.replace(/-?\b(?:NaN|Infinity)\b/g, '"$&"'));
  };
  const parse = async (file: string, text: string): Promise<unknown> => {
    const read = await parseParameters(file, text);
    assert.ok(read.ok, read.ok ? '' : read.problem.message);
    return JSON.parse(JSON.stringify(read.value, (_, value: unknown) => plain(value)));
  };

  it('are the plain scalars of YAML', async () => {
    const text = SCALARS.map((scalar, at) => `k${at}: ${scalar}\n`).join('');
    await write('scalars.yaml', text);
    assert.deepEqual(await parse('scalars.yaml', text), await fromDvc(PARSE, 'scalars.yaml'));
  });

  it('are the literals of Python', async () => {
    await write('module.py', MODULE);
    assert.deepEqual(await parse('module.py', MODULE), await fromDvc(PARSE, 'module.py'));
  });

  it('are the stages with all that belongs to them', async () => {
    for (const [path, text] of Object.entries(TEMPLATE_FILES))
      await write(join('project', path), text);
    const root = join(folder, 'project');
    await readOutput('git', ['init', '-q'], { cwd: root, env });
    await readOutput('dvc', ['init', '-q'], { cwd: root, env });
    const files = await openWorktreeFiles(root);
    assert.ok(files.ok);
    const project = await detectProject(files.value);
    assert.deepEqual(readOwnStages(project), await readDvcStages(root, env));
  });
});

/** What JSON has no number for, as a text. */
function plain(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return String(value);
}
