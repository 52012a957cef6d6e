import assert from 'node:assert/strict';
import * as dagre from '@dagrejs/dagre';
import fc from 'fast-check';
import type { GraphStage } from '../../src/pipeline/graph/graphStage';
import { stagesOnCycles } from '../../webview-ui/pipelineGraph/cycle';
import { graphHeadline } from '../../webview-ui/pipelineGraph/graphHeadline';
import { layoutJob, placeAll } from '../../webview-ui/pipelineGraph/graphLayout';
import { toMermaid } from '../../webview-ui/pipelineGraph/mermaid';
import { makePicture } from '../../webview-ui/pipelineGraph/picture';
import { boxOf, type GraphLayout } from '../../webview-ui/pipelineGraph/placed';
import { plainLayout } from '../../webview-ui/pipelineGraph/plainLayout';
import { readPipelineGraphSaved } from '../../webview-ui/pipelineGraph/pipelineGraphSaved';
import { reachFrom } from '../../webview-ui/pipelineGraph/reach';
import {
  runDagre,
  type DagreInput,
  type DagreOutput,
} from '../../webview-ui/pipelineGraph/runDagre';
import { matchingStages } from '../../webview-ui/pipelineGraph/searchStages';
import { fitAll, overlap, reveal, seenPart, zoomAt } from '../../webview-ui/pipelineGraph/viewport';
import { fortyStages, graphStage, tumourPipeline } from './fixtures/pipelines';

/** Stages 0 to n - 1, each of which reads from some others: any graph, with cycles and edges to itself. */
const anyStages = fc
  .array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((upstreams) =>
    upstreams.map((upstream, index) =>
      graphStage(`s${index}`, { upstream: upstream.map((id) => `s${id}`) }),
    ),
  );

function layOut(
  stages: readonly GraphStage[],
  run: (input: DagreInput) => DagreOutput,
  direction: 'right' | 'down' = 'right',
): GraphLayout {
  const job = layoutJob([...makePicture(stages, {}).nodes.values()], direction);
  return placeAll(job, run(job.input));
}

const byDagre = (input: DagreInput) => runDagre(dagre, input);

describe('The layout of the pipeline graph', () => {
  for (const [name, run] of Object.entries({ byDagre, plainLayout })) {
    it(`never puts two boxes over each other, and leads each line from box to box (${name})`, () => {
      fc.assert(
        fc.property(anyStages, fc.constantFrom('right', 'down'), (stages, direction) => {
          const { boxes, edges, width, height } = layOut(stages, run, direction);
          const places = [...boxes.values()];
          assert.equal(places.length, stages.length);
          for (const [index, box] of places.entries()) {
            const { left, top, right, bottom } = boxOf(box);
            assert.ok(left >= 0 && top >= 0 && right <= width && bottom <= height);
            for (const other of places.slice(index + 1))
              assert.ok(!overlap(boxOf(box), boxOf(other)));
          }
          const wanted = stages.flatMap(({ id, upstream }) =>
            [...new Set(upstream)]
              .filter((from) => from !== id && boxes.has(from))
              .map((from) => `${from} ${id}`),
          );
          assert.deepEqual(edges.map(({ from, to }) => `${from} ${to}`).sort(), wanted.sort());
          for (const { path } of edges) assert.doesNotMatch(path, /NaN|undefined/);
        }),
      );
    });

    it(`runs in the direction of the data where there is no cycle (${name})`, () => {
      for (const stages of [tumourPipeline(), fortyStages()]) {
        assert.ok(layOut(stages, run).edges.every(({ back }) => !back));
      }
    });
  }

  it('can be had for what dagre cannot do: a chain of 10,000, and each joined to each', () => {
    const edges = Array.from({ length: 9999 }, (_, index) => [index, index + 1] as const);
    const input = { direction: 'right', width: 10, height: 10, gap: 2, layerGap: 5 } as const;
    const { middles } = plainLayout({ ...input, count: 10_000, edges });
    assert.deepEqual(middles.at(-1), { x: 9999 * 15 + 5, y: 5 });
    const all = Array.from({ length: 60 }, (_, index) => index);
    const each = all.flatMap((from) =>
      all.flatMap((to) => (from === to ? [] : [[from, to] as const])),
    );
    assert.equal(plainLayout({ ...input, count: 60, edges: each }).paths.length, 3540);
  });
});

describe('stagesOnCycles', () => {
  it('finds what cannot be put in order, and only that', () => {
    const on = (...stages: readonly GraphStage[]) => stagesOnCycles(stages).map(({ id }) => id);
    const stage = (id: string, ...upstream: readonly string[]) => graphStage(id, { upstream });
    assert.deepEqual(on(stage('a'), stage('b', 'a'), stage('c', 'b', 'a')), []);
    assert.deepEqual(on(stage('a', 'b'), stage('b', 'a'), stage('c', 'b'), stage('d')), ['a', 'b']);
    assert.deepEqual(on(stage('a', 'a', 'gone')), []);
  });

  it('is empty exactly where no stage reaches itself', () => {
    fc.assert(
      fc.property(anyStages, (stages) => {
        const picture = makePicture(stages, {});
        const reaches = stages.some(({ id }) => reachFrom(picture, id, 'downstream').has(id));
        assert.equal(stagesOnCycles(stages).length > 0, reaches);
      }),
    );
  });
});

describe('makePicture', () => {
  const members = (count: number): readonly GraphStage[] =>
    Array.from({ length: count }, (_, index) =>
      graphStage(`train@${index}`, { upstream: ['prepare'] }),
    );
  const stages = (count: number): readonly GraphStage[] => [
    graphStage('prepare'),
    ...members(count),
    graphStage('report', { upstream: members(count).map(({ id }) => id) }),
  ];

  it('folds a family of many, with the edges of all its members once', () => {
    const { nodes, boxOf } = makePicture(stages(8), {});
    assert.equal(nodes.size, 3);
    const family = boxOf.get('train@3') ?? '';
    assert.deepEqual(nodes.get(family)?.stages.length, 8);
    assert.deepEqual(nodes.get(family)?.upstream, ['prepare']);
    assert.deepEqual(nodes.get('report')?.upstream, [family]);
    assert.equal(makePicture(stages(8), { [family]: false }).nodes.size, 10);
  });

  it('draws few one by one, and never folds stages of two definitions together', () => {
    assert.equal(makePicture(stages(3), {}).nodes.size, 5);
    const elsewhere = members(8).map((stage) => ({
      ...stage,
      id: `b/${stage.id}`,
      source: { file: 'b/dvc.yaml', line: 1 },
    }));
    assert.equal(makePicture([...stages(8), ...elsewhere], {}).nodes.size, 4);
  });

  it('has the same structure after a change of status, and another one after a change of edges', () => {
    const before = makePicture(stages(3), {}).structure;
    const failed = stages(3).map((stage) => ({ ...stage, status: 'failed' as const }));
    assert.equal(makePicture(failed, {}).structure, before);
    assert.notEqual(makePicture(stages(4), {}).structure, before);
  });
});

describe('graphHeadline', () => {
  it('says the gravest first, and calls a single stage by its name', () => {
    const of = (...states: readonly GraphStage['status'][]) =>
      graphHeadline(states.map((status, index) => graphStage(`s${index}`, { status })));
    assert.deepEqual(of('fresh', 'fresh'), { tone: 'pass', text: 'All 2 stages are fresh' });
    assert.deepEqual(of('stale', 'failed', 'stale'), {
      tone: 'error',
      text: 's1 failed, 2 stages are stale',
    });
    assert.deepEqual(of('never-run'), { tone: 'warning', text: 's0 has never been run' });
    // Never fresh by default.
    assert.deepEqual(of('fresh', undefined), {
      tone: 'info',
      text: 'Reading the status of the stages',
    });
  });
});

describe('toMermaid', () => {
  it('writes a flowchart in which a name can be nothing but text', () => {
    const names = ['a', '"]; click x "javascript:alert(1)', '<b>`x`</b>'];
    const stages = names.map((name, index) =>
      graphStage(`id${index}`, { name, upstream: index === 0 ? [] : ['id0'] }),
    );
    assert.equal(
      toMermaid(makePicture(stages, {}), 'right'),
      `flowchart LR
  s0["a<br>fresh"]
  s1["#34;#93;#59; click x #34;javascript#58;alert#40;1#41;<br>fresh"]
  s2["#60;b#62;#96;x#96;#60;/b#62;<br>fresh"]
  s0 --> s1
  s0 --> s2
`,
    );
  });
});

describe('The search', () => {
  it('needs every word somewhere in the name, the tool or the kind', () => {
    const found = (search: string) => [
      ...(matchingStages(tumourPipeline(), { search, state: undefined }) ?? ['all']),
    ];
    assert.deepEqual(found('  '), ['all']);
    assert.deepEqual(found('DVC tra'), ['train']);
    assert.deepEqual(found('preflight'), ['deploy']);
    assert.deepEqual(found('('), []);
  });
});

describe('The viewport', () => {
  const anyView = fc.record({
    x: fc.integer({ min: -5000, max: 5000 }),
    y: fc.integer({ min: -5000, max: 5000 }),
    scale: fc.double({ min: 0.1, max: 2, noNaN: true }),
  });

  it('zooms around a point, which stays where it is', () => {
    fc.assert(
      fc.property(
        anyView,
        fc.nat(1000),
        fc.nat(700),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (view, x, y, factor) => {
          const next = zoomAt(view, { x, y }, factor);
          assert.ok(Math.abs((x - view.x) / view.scale - (x - next.x) / next.scale) < 1e-6);
          assert.ok(Math.abs((y - view.y) / view.scale - (y - next.y) / next.scale) < 1e-6);
        },
      ),
    );
  });

  it('fits a picture of any size, and does not enlarge it where one zooms out of that', () => {
    const length = fc.integer({ min: 200, max: 200_000 });
    const window = { width: 900, height: 600 };
    fc.assert(
      fc.property(length, length, (width, height) => {
        const view = fitAll({ width, height }, window);
        const seen = seenPart(view, window, 0);
        assert.ok(seen.left <= 0 && seen.right >= width);
        assert.ok(seen.top <= 0 && seen.bottom >= height);
        const middle = { x: 450, y: 300 };
        assert.ok(zoomAt(view, middle, 0.8).scale <= view.scale);
        assert.ok(zoomAt(view, middle, 1.25).scale > view.scale);
      }),
    );
  });

  it('reveals any box that fits, and moves nothing that is seen already', () => {
    const window = { width: 900, height: 600 };
    fc.assert(
      fc.property(anyView, fc.nat(4000), fc.nat(4000), (view, left, top) => {
        const box = { left, top, right: left + 236, bottom: top + 46 };
        const next = reveal(view, window, box);
        const seen = seenPart(next, window, 1e-6);
        assert.ok(seen.left <= box.left && seen.right >= box.right);
        assert.ok(seen.top <= box.top && seen.bottom >= box.bottom);
        const again = reveal(next, window, box);
        assert.ok(Math.abs(again.x - next.x) + Math.abs(again.y - next.y) < 1e-6);
      }),
    );
  });
});

describe('What the graph saved', () => {
  it('has the place of a long pipeline that was fitted', () => {
    const viewport = { x: 24, y: 300, scale: 0.02 };
    assert.deepEqual(readPipelineGraphSaved({ viewport }).viewport, viewport);
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const saved = readPipelineGraphSaved(value);
        assert.deepEqual(readPipelineGraphSaved(JSON.parse(JSON.stringify(saved))), saved);
      }),
    );
    const odd = readPipelineGraphSaved({
      viewport: { x: 1, y: 2, scale: 0 },
      state: 'x',
      folds: { a: 1 },
    });
    assert.equal(odd.viewport, undefined);
    assert.equal(odd.state, undefined);
    assert.deepEqual(odd.folds, {});
  });
});
