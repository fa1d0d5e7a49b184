import type { Evaluation, EvaluationIntervals } from '#core/audit/index.ts';
import { figureTheme } from '#core/imaging/index.ts';
import { columnBlock, rowBlock } from './block.ts';
import type { Block } from './block.ts';
import { classTable } from './class-table.ts';
import { confusionPanel } from './confusion-panel.ts';
import { createView, describeSelection } from './evaluation-view.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook } from './figure-look.ts';
import type { FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { countOf, formatCount, formatInterval, formatShare } from './number-format.ts';
import type { FigureProvenance } from './provenance.ts';
import { reliabilityPanel } from './reliability-panel.ts';
import { rocPanel } from './roc-panel.ts';
import { setText } from './set-text.ts';
import { linesBlock, wrapLines } from './text-block.ts';
import { wholeTable } from './whole-table.ts';

export interface EvaluationFigureOptions {
  readonly title: string;
  readonly provenance: FigureProvenance;
  /** Default: print. */
  readonly theme?: FigureThemeName;
}

const PANEL_WIDTH = 400;
const COLUMN_GAP = 44;
const HEADING_HEIGHT = 26;

/** ROC curves, confusion matrix, calibration and the numbers themselves on one sheet. */
export function renderEvaluationFigure(evaluation: Evaluation, options: EvaluationFigureOptions): Figure {
  const look = createLook(options.theme ?? 'print');
  const view = createView(evaluation, look);
  const matrix = confusionPanel(view, PANEL_WIDTH);
  const { width } = matrix;
  const notes = linesBlock(wrapLines(describeNotes(view), look.quiet, width), look.quiet);
  const rows = [
    [
      headed('ROC curves', rocPanel(view, PANEL_WIDTH), view),
      headed(
        'Confusion matrix: cases, and share of the true class',
        columnBlock([matrix, classTable(view, width)], figureTheme.gap),
        view,
      ),
    ],
    [
      headed(
        `Calibration: ECE ${formatShare(evaluation.calibration.equalWidth.ece)}`,
        reliabilityPanel(view, PANEL_WIDTH),
        view,
      ),
      headed('Numbers', columnBlock([wholeTable(view, width), notes], figureTheme.gap), view),
    ],
  ];
  const content = columnBlock(
    rows.map((row) => rowBlock(row, COLUMN_GAP)),
    figureTheme.margin,
  );
  return frameFigure(content, { ...options, subtitle: describeWhole(evaluation) }, look);
}

function headed(heading: string, block: Block, { look }: EvaluationView): Block {
  const { size } = look.heading;
  const line = { width: 0, height: HEADING_HEIGHT, svg: setText(heading, look.heading, { x: 0, y: size }) };
  return columnBlock([line, block], 0);
}

function describeWhole({ cases, labels, accuracy, meanAuc, intervals }: Evaluation): string {
  return [
    countOf(cases, 'case'),
    countOf(labels.length, 'class', 'classes'),
    `accuracy ${formatShare(accuracy)}${formatInterval(intervals?.accuracy)}`,
    `mean AUC ${formatShare(meanAuc)}${formatInterval(intervals?.meanAuc)}`,
  ].join(' \u00b7 ');
}

/** How to read the numbers, and what a careful reader would question. */
function describeNotes(view: EvaluationView): string[] {
  const { intervals, warnings } = view.evaluation;
  return [describeIntervals(intervals), describeSelection(view), ...warnings];
}

function describeIntervals(intervals: EvaluationIntervals | undefined): string {
  const whiskers = "Whiskers of the calibration: Wilson's 95% interval.";
  if (intervals === undefined) return whiskers;
  const { unit, units, resamples, seed } = intervals;
  const drawn = `${formatCount(resamples)} resamples of ${countOf(units, unit)}, seed ${seed}`;
  return `In brackets: 95% percentile intervals (${drawn}). ${whiskers}`;
}
