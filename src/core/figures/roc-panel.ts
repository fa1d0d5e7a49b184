import type { RocPoint } from '#core/audit/index.ts';
import type { Size } from '#core/imaging/index.ts';
import { columnBlock } from './block.ts';
import type { Block } from './block.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { seriesStyle } from './figure-look.ts';
import type { SeriesStyle } from './figure-look.ts';
import { formatInterval, formatShare } from './number-format.ts';
import { plotBlock, plotMarginLeft, shareTicks } from './plot.ts';
import { element, writeNumber } from './svg-element.ts';
import { tableBlock } from './table.ts';
import type { TableRow } from './table.ts';

const MARK_WIDTH = 26;
const LEGEND_GAP = 14;
const LINE_WIDTH = 2;

/** A curve for each shown class against the rest, and a legend with the areas under them. */
export function rocPanel(view: EvaluationView, width: number): Block {
  const side = width - plotMarginLeft;
  const area = { width: side, height: side };
  const chance = element('path', { d: `M0 ${side}L${side} 0`, stroke: view.look.axis, 'stroke-dasharray': '3 4' });
  const curves = view.shown.map(({ roc }, place) => drawCurve(roc, area, seriesStyle(view.look, place)));
  const frame = {
    area,
    x: { title: 'False positive rate (1 \u2212 specificity)', ticks: shareTicks },
    y: { title: 'True positive rate (sensitivity)', ticks: shareTicks },
  };
  // The first class lies on top: its curve is drawn last.
  const plot = plotBlock(frame, view.look, chance + curves.toReversed().join(''));
  return columnBlock([plot, rocLegend(view, width)], LEGEND_GAP);
}

function rocLegend({ evaluation, shown, look }: EvaluationView, width: number): Block {
  const { meanAuc, intervals } = evaluation;
  const rows = shown.map(({ label, auc, intervals: own }, place): TableRow => ({
    name: label,
    cells: [formatShare(auc), formatInterval(own?.auc).trim()],
    mark: drawLine(`M0 0H${MARK_WIDTH}`, seriesStyle(look, place)),
  }));
  const mean = {
    name: 'Mean of classes',
    cells: [formatShare(meanAuc), formatInterval(intervals?.meanAuc).trim()],
    isStrong: true,
  };
  const head = ['Class against the rest', 'AUC', intervals === undefined ? '' : '95% interval'];
  return tableBlock({ width, head, rows: [...rows, mean], markWidth: MARK_WIDTH }, look);
}

const drawLine = (d: string, { color, dash }: SeriesStyle): string =>
  element('path', {
    d,
    fill: 'none',
    stroke: color,
    'stroke-width': LINE_WIDTH,
    'stroke-linejoin': 'round',
    'stroke-dasharray': dash,
  });

/** Lines between the points; corners that a straight line passes are left out. */
function drawCurve(roc: readonly RocPoint[], { width, height }: Size, style: SeriesStyle): string {
  if (roc.length === 0) return '';
  const corners = roc.filter((point, index) => isCorner(roc[index - 1], point, roc[index + 1]));
  const places = corners.map(({ fpr, tpr }) => `${writeNumber(fpr * width)} ${writeNumber((1 - tpr) * height)}`);
  return drawLine(`M${places.join('L')}`, style);
}

const isCorner = (before: RocPoint | undefined, { fpr, tpr }: RocPoint, after: RocPoint | undefined): boolean => {
  if (before === undefined || after === undefined) return true;
  return !((before.fpr === fpr && fpr === after.fpr) || (before.tpr === tpr && tpr === after.tpr));
};
