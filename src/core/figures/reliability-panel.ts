import type { ReliabilityBin } from '#core/audit/index.ts';
import type { Size } from '#core/imaging/index.ts';
import { columnBlock } from './block.ts';
import type { Block } from './block.ts';
import type { EvaluationView } from './evaluation-view.ts';
import type { FigureLook } from './figure-look.ts';
import { formatCount } from './number-format.ts';
import { plotBlock, plotMarginLeft, shareTicks } from './plot.ts';
import type { AxisTick } from './plot.ts';
import { element, writeNumber } from './svg-element.ts';

const HISTOGRAM_SHARE = 0.2;
const PLOT_GAP = 6;
const DOT_RADIUS = 3.5;
const CAP = 3;

/** Accuracy by confidence with Wilson intervals, and below it how many cases have that confidence. */
export function reliabilityPanel({ evaluation, look }: EvaluationView, width: number): Block {
  const { bins } = evaluation.calibration.equalWidth;
  const side = width - plotMarginLeft;
  const area = { width: side, height: Math.round(side * (1 - HISTOGRAM_SHARE)) };
  const diagonal = element('path', {
    d: `M0 ${area.height}L${area.width} 0`,
    stroke: look.axis,
    'stroke-dasharray': '3 4',
  });
  const dots = bins.map((bin) => drawBin(bin, area, look)).join('');
  const bare = shareTicks.map(({ share }) => ({ share, label: '' }));
  const frame = { area, x: { title: '', ticks: bare }, y: { title: 'Accuracy', ticks: shareTicks } };
  const diagram = plotBlock(frame, look, diagonal + dots);
  return columnBlock(
    [diagram, histogramBlock(bins, look, { width: side, height: Math.round(side * HISTOGRAM_SHARE) })],
    PLOT_GAP,
  );
}

/** A dot at the bin's mean confidence, with a whisker; the distance to the diagonal is what the calibration error sums. */
function drawBin({ confidence, accuracy, interval }: ReliabilityBin, area: Size, look: FigureLook): string {
  if (confidence === undefined || accuracy === undefined || interval === undefined) return '';
  const x = confidence * area.width;
  const yOf = (share: number): number => (1 - share) * area.height;
  const [top, bottom] = [yOf(interval.high), yOf(interval.low)].map(writeNumber);
  const [left, width] = [writeNumber(x - CAP), 2 * CAP];
  const whisker = `M${writeNumber(x)} ${top}V${bottom}M${left} ${top}h${width}M${left} ${bottom}h${width}`;
  const [color = ''] = look.series;
  return (
    element('path', { d: whisker, stroke: color, fill: 'none', 'stroke-opacity': 0.75 }) +
    element('circle', { cx: x, cy: yOf(accuracy), r: DOT_RADIUS, fill: color })
  );
}

function histogramBlock(bins: readonly ReliabilityBin[], look: FigureLook, area: Size): Block {
  const top = roundUp(Math.max(1, ...bins.map(({ count }) => count)));
  const bars = bins.map(({ low, high, count }) => {
    const height = (count / top) * area.height;
    const x = low * area.width + 0.5;
    return element('rect', {
      x,
      y: area.height - height,
      width: (high - low) * area.width - 1,
      height,
      fill: look.series[0],
    });
  });
  const ticks: AxisTick[] = [
    { share: 0, label: '0' },
    { share: 1, label: formatCount(top) },
  ];
  const x = { title: 'Confidence (probability of the predicted class)', ticks: shareTicks };
  return plotBlock({ area, x, y: { title: 'Cases', ticks } }, look, bars.join(''));
}

const roundFactors = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number: the histogram should fill its height. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.ceil((roundFactors.find((factor) => factor * power >= value) ?? 10) * power);
}
