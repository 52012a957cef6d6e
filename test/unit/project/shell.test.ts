import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { quoteCommand } from '../../../src/project/shell/quoteWord';
import { scriptRuns } from '../../../src/project/shell/scriptRuns';
import { splitCommands } from '../../../src/project/shell/simpleCommands';

/** How a real shell splits a command without expansions into words. */
function wordsOfShell(command: string): string[] {
  const script = `set -f; set -- ${command}\nprintf '%s\\0' "$@"`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('shell commands', () => {
  it('are split into the words that a shell splits them into', () => {
    const commands = [
      'python train.py --lr 0.1',
      `python 'a b.py' "c d" e\\ f ''`,
      `echo "it's" 'say "hi"' a"b c"d`,
      'echo "back\\\\slash \\"quoted\\" \\n"',
      'python train.py \\\n  --lr 1 \\\n  --out x',
      'echo a#b # a comment',
    ];
    for (const command of commands) {
      assert.deepEqual(splitCommands(command)[0]?.words, wordsOfShell(command), command);
    }
  });

  it('are told apart with the line that each begins on', () => {
    const text =
      'cd a && python b.py; echo "x; y" | tee log &\n\n# no\nFOO=1 python c.py 2>&1 || exit 1';
    assert.deepEqual(
      splitCommands(text).map(({ words, line }) => [line, words.join(' ')]),
      [
        [0, 'cd a'],
        [0, 'python b.py'],
        [0, 'echo x; y'],
        [0, 'tee log'],
        [3, 'FOO=1 python c.py 2>&1'],
        [3, 'exit 1'],
      ],
    );
  });

  it('are quoted so that a shell gives back exactly the words', () => {
    const word = fc
      .string({ unit: 'binary', minLength: 0, maxLength: 12 })
      .filter((text) => !/[\0\ud800-\udfff]/.test(text));
    const nasty = fc.constantFrom(
      "'",
      '$(touch x)',
      '`x`',
      '\\',
      '"',
      '!',
      '\n',
      '*',
      '~',
      '-rf',
      '#',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, nasty), { minLength: 1, maxLength: 5 }), (words) => {
        assert.deepEqual(wordsOfShell(quoteCommand(words)), words);
        assert.deepEqual(splitCommands(quoteCommand(words))[0]?.words, words);
      }),
      { numRuns: 60 },
    );
  }).timeout(30_000);
});

describe('the scripts that a shell text runs', () => {
  const found = (text: string) =>
    scriptRuns(text, '.').map((run) => [run.cwd, run.paths[0], run.arguments.join(' ')]);

  it('are found behind interpreters, wrappers and options', () => {
    assert.deepEqual(found('python train.py --x 1'), [['.', 'train.py', '--x 1']]);
    assert.deepEqual(found('PYTHONPATH=. CUDA=0 python3.11 -u -W ignore src/a.py'), [
      ['.', 'src/a.py', ''],
    ]);
    assert.deepEqual(found('uv run --with pandas python a.py'), [['.', 'a.py', '']]);
    assert.deepEqual(found('poetry run python -m pkg.mod x'), [['.', 'pkg/mod.py', 'x']]);
    assert.deepEqual(found('conda run -n env python a.py'), [['.', 'a.py', '']]);
    assert.deepEqual(found('./run.sh fast'), [['.', 'run.sh', 'fast']]);
    assert.deepEqual(found('bash -e scripts/x.sh'), [['.', 'scripts/x.sh', '']]);
    assert.deepEqual(found('accelerate launch train.py'), [['.', 'train.py', '']]);
    assert.deepEqual(found('jupyter nbconvert --to html nb.ipynb'), [['.', 'nb.ipynb', '']]);
    assert.deepEqual(found('.venv/bin/python a.py'), [['.', 'a.py', '']]);
  });

  it('are looked for where cd leads', () => {
    assert.deepEqual(found('cd a/b && python c.py && cd ../.. && python d.py'), [
      ['a/b', 'a/b/c.py', ''],
      ['.', 'd.py', ''],
    ]);
  });

  it('are none where there is none', () => {
    for (const text of [
      'pip install x.py',
      'python',
      'python -c "import x.py"',
      'echo train.py',
      'pytest a.py',
      '',
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });
});
