import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import { formatNumber, formatShare } from '../../src/base/format';
import type { ThemeColours } from '../shared/themeColours';
import { visibleText } from '../shared/visibleText';
import type { Bin, HistogramModel } from './histogramModel';

// Only the parts that are drawn: the rest of the library stays out of the bundle.
Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** Categories in the chart; the table has them all. */
export const CHARTED_CATEGORIES = 20;

type Bars = ChartConfiguration<'bar', number[], string>;

/** The bins that the chart shows. */
export function chartedBins(model: HistogramModel): readonly Bin[] {
  return model.kind === 'numbers' ? model.bins : model.bins.slice(0, CHARTED_CATEGORIES);
}

/** The drawing of a histogram in the theme's colours: numbers as columns, categories as rows. */
export function chartConfiguration(model: HistogramModel, colours: ThemeColours): Bars {
  const bins = chartedBins(model);
  const numbers = model.kind === 'numbers';
  return {
    type: 'bar',
    data: {
      labels: bins.map(({ label }) => visibleText(label, 24)),
      datasets: [
        ...(model.hasReference ? [bars('Reference', 'reference', bins, colours)] : []),
        bars('Current', 'current', bins, colours),
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: numbers ? 'x' : 'y',
      layout: { padding: { top: 12, right: numbers ? 0 : 16 } },
      interaction: { mode: 'index', axis: numbers ? 'x' : 'y', intersect: false },
      scales: numbers
        ? { x: { display: false }, y: shareAxis(colours), edges: edgeAxis(model, colours) }
        : { x: shareAxis(colours), y: axis(colours) },
      plugins: { tooltip: tooltipOptions(bins, colours) },
    },
    plugins: [markPlugin(bins, colours)],
  };
}

function bars(
  label: string,
  side: 'reference' | 'current',
  bins: readonly Bin[],
  colours: ThemeColours,
): ChartDataset<'bar', number[]> {
  return {
    label,
    data: bins.map((bin) => bin[side]?.share ?? 0),
    backgroundColor: colours[side],
    borderColor: colours.outline,
    borderWidth: 1,
    borderSkipped: false,
    categoryPercentage: 0.88,
    barPercentage: 1,
    maxBarThickness: 40,
  };
}

function axis(colours: ThemeColours) {
  return {
    border: { color: colours.line },
    grid: { display: false },
    ticks: { color: colours.muted, font: { family: colours.font, size: 11 }, maxRotation: 0 },
  };
}

/** The borders of the bins, written where the bins meet: bin `i` reaches from `i` to `i + 1`. */
function edgeAxis(model: HistogramModel, colours: ThemeColours): object {
  const plain = axis(colours);
  return {
    ...plain,
    type: 'linear',
    position: 'bottom',
    min: 0,
    max: model.bins.length,
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = model.edges.map((_, index) => ({ value: index + 1 }));
    },
    ticks: {
      ...plain.ticks,
      autoSkip: true,
      autoSkipPadding: 8,
      callback: (place: number | string) => formatNumber(model.edges[Number(place) - 1] ?? 0),
    },
  };
}

function shareAxis(colours: ThemeColours): object {
  const plain = axis(colours);
  return {
    ...plain,
    beginAtZero: true,
    border: { display: false },
    grid: { display: true, color: colours.reference, lineWidth: 0.5, tickLength: 0 },
    ticks: {
      ...plain.ticks,
      maxTicksLimit: 5,
      padding: 6,
      callback: (value: number | string) => `${Math.round(Number(value) * 1000) / 10} %`,
    },
  };
}

function tooltipOptions(bins: readonly Bin[], colours: ThemeColours): object {
  return {
    backgroundColor: colours.tooltipBackground,
    borderColor: colours.tooltipBorder,
    borderWidth: 1,
    cornerRadius: 3,
    titleColor: colours.tooltipText,
    bodyColor: colours.tooltipText,
    titleFont: { family: colours.font, size: 12 },
    bodyFont: { family: colours.font, size: 12 },
    callbacks: {
      title: ([item]: readonly { dataIndex: number }[]) =>
        visibleText(bins[item?.dataIndex ?? 0]?.label ?? '', 60),
      label: ({ dataset, dataIndex }: { dataset: { label?: string }; dataIndex: number }) => {
        const bin = bins[dataIndex];
        const side = dataset.label === 'Reference' ? bin?.reference : bin?.current;
        return side === undefined
          ? ''
          : ` ${dataset.label}: ${formatShare(side.share)} (${formatNumber(side.count)} rows)`;
      },
    },
  };
}

/** A small triangle at each bin that a finding comes from. */
function markPlugin(bins: readonly Bin[], colours: ThemeColours): Plugin<'bar'> {
  return {
    id: 'marks',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      const metas = chart.getSortedVisibleDatasetMetas();
      ctx.save();
      ctx.fillStyle = colours.marked;
      for (const [index, { marked }] of bins.entries()) {
        if (!marked) continue;
        const tips = metas.flatMap(({ data }) => data[index] ?? []);
        ctx.fill(trianglePath(tips, chart.options.indexAxis === 'y'));
      }
      ctx.restore();
    },
  };
}

function trianglePath(bars: readonly { x: number; y: number }[], sideways: boolean): Path2D {
  const middle = (axis: 'x' | 'y'): number =>
    bars.reduce((total, bar) => total + bar[axis], 0) / Math.max(1, bars.length);
  if (sideways) {
    const x = Math.max(...bars.map((bar) => bar.x)) + 4;
    const y = middle('y');
    return new Path2D(`M${x} ${y}l7 -4v8Z`);
  }
  const x = middle('x');
  const y = Math.min(...bars.map((bar) => bar.y)) - 4;
  return new Path2D(`M${x} ${y}l-4 -7h8Z`);
}
