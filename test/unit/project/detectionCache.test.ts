import assert from 'node:assert/strict';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DetectionCache } from '../../../src/project/detectionCache';
import { detectProjects } from '../../../src/project/detectProjects';
import { withFolder } from './makeProject';

const LIBRARY = 'import pandas as pd\n\ndef load():\n    return pd.read_csv("one.csv")\n';
const SCRIPT = `from library import load

if __name__ == "__main__":
    load().to_csv("out.csv")
`;

describe('detection with what earlier detections have read', () => {
  it('is the same as without, after every kind of change', async () => {
    const files = { 'train.py': SCRIPT, 'library.py': LIBRARY, 'one.csv': 'a\n', 'two.csv': 'a\n' };
    await withFolder(files, async (root) => {
      const cache = new DetectionCache();
      const past = new Date(2020, 1, 1);
      const steps: readonly (() => void)[] = [
        () => {},
        // An imported module, with the size and the time that it had.
        () => {
          writeFileSync(join(root, 'library.py'), LIBRARY.replace('one', 'two'));
          utimesSync(join(root, 'library.py'), past, past);
        },
        () => writeFileSync(join(root, 'train.py'), SCRIPT.replace('out.csv', 'new.csv')),
        // What a README says of how it is run.
        () => writeFileSync(join(root, 'README.md'), '```\npython train.py --fast\n```\n'),
        // A module that hides another one, a file that is there now, and one that is gone.
        () => writeFileSync(join(root, 'predict.py'), SCRIPT),
        () => rmSync(join(root, 'two.csv')),
        () => rmSync(join(root, 'library.py')),
      ];
      for (const change of steps) {
        change();
        const cached = await detectProjects(root, { cache });
        assert.deepEqual(cached, await detectProjects(root));
        // Nothing has changed since.
        assert.deepEqual(await detectProjects(root, { cache }), cached);
      }
    });
  });

  it('forgets files that are gone', () => {
    const cache = new DetectionCache();
    cache.keep('a', { texts: new Map(), listing: undefined, value: 1 });
    cache.endDetection();
    assert.equal(cache.find('a')?.value, 1);
    cache.endDetection();
    cache.endDetection();
    assert.equal(cache.find('a'), undefined);
  });
});
