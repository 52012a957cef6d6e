import { manyStages } from '../webview/fixtures/pipelines';
import { startViews, type ViewPage } from '../webview/viewPage';
import { median, type BenchRow } from './benchRow';

const STAGES = 500;
const ROUNDS = 3;

/** Milliseconds. */
type Round = First & Moves;
type First = Readonly<Record<'headline' | 'boxes' | 'longest', number>>;
type Moves = Readonly<Record<'frame' | 'update', number>>;

/** The pipeline graph of 500 stages in a real Chromium: until it is drawn, and while it is moved about. */
export async function benchGraph(): Promise<readonly BenchRow[]> {
  const views = await startViews();
  try {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const view = await views.open('pipelineGraph', { width: 1280, height: 720 });
      rounds.push({ ...(await measureFirst(view)), ...(await measureMoves(view)) });
      await view.page.context().close();
    }
    const row = (name: string, key: keyof Round, limit: number): BenchRow => ({
      name: `pipeline graph of ${STAGES} stages, ${name}`,
      value: median(rounds.map((round) => round[key])),
      unit: 'ms',
      limit,
    });
    return [
      row('until its headline is drawn', 'headline', 100),
      row('until its boxes are drawn', 'boxes', 1000),
      row('longest task while it is laid out', 'longest', 100),
      row('95 % of the frames while all of it is moved', 'frame', 33),
      row('a new status, until it is drawn', 'update', 100),
    ];
  } finally {
    await views.close();
  }
}

function stateOf(status: string): string {
  const stages = manyStages(STAGES).map((stage, index) =>
    index % 10 === 0 ? { ...stage, status } : stage,
  );
  const state = { kind: 'ready', now: 0, content: { project: 'many', stages } };
  return JSON.stringify({ type: 'state', state });
}

function measureFirst({ page }: ViewPage<'pipelineGraph'>): Promise<First> {
  return page.evaluate(`(async () => {
    const tasks = [0];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ entryTypes: ['longtask'] });
    const drawn = async (selector) => {
      while (document.querySelector(selector) === null) await new Promise(requestAnimationFrame);
      return performance.now() - start;
    };
    const start = performance.now();
    window.postMessage(${stateOf('fresh')}, '*');
    const headline = await drawn('h1');
    const boxes = await drawn('.box');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { headline, boxes, longest: Math.max(...tasks) };
  })()`);
}

async function measureMoves({ page }: ViewPage<'pipelineGraph'>): Promise<Moves> {
  await page.getByRole('button', { name: /^Fit/ }).click();
  return page.evaluate(`(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const element = document.querySelector('.graph-window');
    const frames = [];
    let last = await frame();
    for (let turn = 0; turn < 120; turn++) {
      const deltaX = turn % 60 < 30 ? 12 : -12;
      element.dispatchEvent(new WheelEvent('wheel', { deltaX, deltaY: deltaX / 2, cancelable: true }));
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    const start = performance.now();
    window.postMessage(${stateOf('failed')}, '*');
    while (document.querySelector('[data-state=failed]') === null) await frame();
    const update = performance.now() - start;
    return { frame: frames.sort((a, b) => a - b)[113], update };
  })()`);
}
