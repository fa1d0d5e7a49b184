import { columnBlock, rowBlock, type Block } from './block.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, seriesStyle, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { plotBlock, type PlotAxis } from './plot.ts';
import type { FigureProvenance } from './provenance.ts';
import { measureText, setText } from './set-text.ts';
import { element } from './svg-element.ts';

export interface SeverityPoint {
  readonly step: number;
  readonly mean: number;
  /** Ends of its interval, where there is one. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** One augmentation and measure: a curve for each series. */
export interface SeverityPanel {
  readonly title: string;
  readonly measure: string;
  readonly steps: number;
  /** The axis begins at -1 instead of 0 where this is so. */
  readonly isSigned: boolean;
  /** In the order of the figure's series. */
  readonly curves: readonly (readonly SeverityPoint[])[];
}

/** How numbers change as a picture is changed more and more. */
export interface SeverityFigure {
  readonly title: string;
  readonly subtitle: string;
  readonly series: readonly string[];
  /** Rows of panels. */
  readonly rows: readonly (readonly SeverityPanel[])[];
  readonly provenance: FigureProvenance;
  /** Default: print. */
  readonly theme?: FigureThemeName;
}

const AREA = { width: 200, height: 130 };
const GAP = 18;
const MARK = 26;

export function renderSeverityFigure(figure: SeverityFigure): Figure {
  const look = createLook(figure.theme ?? 'print');
  const rows = figure.rows.map((panels) => rowBlock(panels.map((panel) => panelBlock(panel, look)), GAP)); // prettier-ignore
  const content = columnBlock([legendBlock(figure.series, look), ...rows], GAP);
  return frameFigure({ ...content, width: Math.max(content.width, 560) }, figure, look);
}

function legendBlock(series: readonly string[], look: FigureLook): Block {
  const entries = series.map((name, at): Block => {
    const { color, dash } = seriesStyle(look, at);
    const line = element('path', { d: `M0 7H${MARK}`, stroke: color, 'stroke-width': 2, 'stroke-dasharray': dash });
    const text = setText(name, look.text, { x: MARK + 6, y: 11 });
    return { width: MARK + 6 + measureText(name, look.text), height: 16, svg: line + text };
  });
  return rowBlock(entries, GAP);
}

function panelBlock(panel: SeverityPanel, look: FigureLook): Block {
  const title = { width: 0, height: 18, svg: setText(panel.title, look.strong, { x: 0, y: look.strong.size }) };
  const curves = panel.curves.map((points, at) => drawCurve(points, { panel, look, at })).join('');
  const steps = Array.from({ length: panel.steps }, (_, at) => ({
    share: placeX(at + 1, panel),
    label: String(at + 1),
  }));
  const frame = { area: AREA, x: { title: 'Severity', ticks: steps }, y: yAxis(panel) };
  return columnBlock([title, plotBlock(frame, look, curves)], 4);
}

function yAxis({ measure, isSigned }: SeverityPanel): PlotAxis {
  const labels = isSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  return { title: measure, ticks: labels.map((value, at) => ({ share: at / 4, label: String(value) })) };
}

/** Half a step of room at both ends. */
const placeX = (step: number, { steps }: SeverityPanel): number => (step - 0.5) / steps;

interface CurvePlan {
  readonly panel: SeverityPanel;
  readonly look: FigureLook;
  /** Place among the series. */
  readonly at: number;
}

function drawCurve(points: readonly SeverityPoint[], { panel, look, at }: CurvePlan): string {
  const { color, dash } = seriesStyle(look, at);
  // Intervals of two models at one step must not lie on each other.
  const aside = (at - (panel.curves.length - 1) / 2) * 4;
  const x = (step: number): number => placeX(step, panel) * AREA.width + aside;
  const y = (value: number): number => AREA.height * (1 - (panel.isSigned ? (value + 1) / 2 : value));
  const known = points.filter(({ mean }) => Number.isFinite(mean));
  const line = known.map(({ step, mean }, i) => `${i === 0 ? 'M' : 'L'}${round(x(step))} ${round(y(mean))}`).join('');
  const whiskers = known.flatMap(({ step, low, high }) =>
    low === undefined || high === undefined ? [] : [`M${round(x(step))} ${round(y(low))}V${round(y(high))}`],
  );
  const dots = known.map(({ step, mean }) => element('circle', { cx: x(step), cy: y(mean), r: 3, fill: color }));
  return [
    element('path', { d: whiskers.join(''), stroke: color, fill: 'none', 'stroke-width': 1 }),
    element('path', { d: line, stroke: color, fill: 'none', 'stroke-width': 2, 'stroke-dasharray': dash }),
    ...dots,
  ].join('');
}

const round = (value: number): number => Math.round(value * 100) / 100;
