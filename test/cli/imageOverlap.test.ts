import assert from 'node:assert/strict';
import { makeEmptyProject } from '../harness/sampleProject';
import { preflight } from './commandLine';

/** A GIF of 2 × 2 pixels with a comment (GIF89a, 24): sizes and bytes are those of every other. */
const image = (name: number): string =>
  `GIF89a\u0002\0\u0002\0\0\0\0!~\u0004${String(name).padStart(4, '0')}\0;`;

describe('images that are in the training and the test folder', function () {
  this.timeout(60_000);

  it('are found by their bytes, also where they are the lesser part', async () => {
    const project = await makeEmptyProject();
    for (let index = 0; index < 120; index++) {
      const label = index % 2 === 0 ? 'cat' : 'dog';
      await project.edit(`train/${label}/${index}.gif`, () => image(index));
      // Every fifth image of 40 is one of the training data; the others are only as large.
      const shown = index % 5 === 0 ? index : index + 1000;
      if (index < 40) await project.edit(`test/${label}/${index}.gif`, () => image(shown));
    }
    const { stdout } = await preflight(project, 'validate', 'test');
    assert.match(
      stdout,
      /train-test-overlap: 8 rows of 40 \(20\.0 %\).*by "hash", 8 of them with the/,
    );
    assert.match(stdout, /By chance it would be none/);
    await project.dispose();
  });
});
