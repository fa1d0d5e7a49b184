import { columnBlock, rowBlock, type Block } from './block.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, seriesStyle, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import type { FigureProvenance } from './provenance.ts';
import { fitText, measureText, setText, wrapText } from './set-text.ts';
import { element } from './svg-element.ts';
import { linesBlock } from './text-block.ts';

export interface SteadinessValue {
  readonly mean: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

export interface SteadinessRow {
  readonly name: string;
  readonly isStrong?: boolean;
  /** By measure, then by series; undefined where there is no number. */
  readonly values: readonly (readonly (SteadinessValue | undefined)[])[];
}

/** Means with intervals of several measures for each variant, the series (models) side by side. */
export interface SteadinessFigure {
  readonly title: string;
  readonly subtitle: string;
  readonly series: readonly string[];
  /** Names, and the numbers at the ends of their axes. */
  readonly measures: readonly { readonly name: string; readonly range: readonly [number, number] }[];
  readonly rows: readonly SteadinessRow[];
  /** What it comes to, in sentences. */
  readonly sentences: readonly string[];
  readonly provenance: FigureProvenance;
  /** Default: print. */
  readonly theme?: FigureThemeName;
}

const NAME_WIDTH = 210;
const PANEL_WIDTH = 190;
const ROW_HEIGHT = 24;
const GAP = 22;
const TICKS = 4;

export function renderSteadinessFigure(figure: SteadinessFigure): Figure {
  const look = createLook(figure.theme ?? 'print');
  const panels = figure.measures.map((_, at) => panelBlock(figure, at, look));
  const body = rowBlock([namesBlock(figure, look), ...panels], GAP);
  const texts = figure.sentences.flatMap((sentence) => wrapText(sentence, look.text, { maxWidth: body.width }));
  const content = columnBlock([legendBlock(figure.series, look), body, linesBlock(texts, look.text)], GAP);
  return frameFigure({ ...content, width: body.width }, figure, look);
}

function legendBlock(series: readonly string[], look: FigureLook): Block {
  const entries = series.map((name, at): Block => {
    const dot = element('circle', { cx: 6, cy: 8, r: 4, fill: seriesStyle(look, at).color });
    return {
      width: 18 + measureText(name, look.text),
      height: 16,
      svg: dot + setText(name, look.text, { x: 16, y: 12 }),
    };
  });
  return rowBlock(entries, GAP);
}

function namesBlock({ rows }: SteadinessFigure, look: FigureLook): Block {
  const svg = rows.map(({ name, isStrong }, at) => {
    const set = isStrong === true ? look.strong : look.text;
    return setText(fitText(name, set, NAME_WIDTH), set, { x: 0, y: (at + 1.5) * ROW_HEIGHT + 4 });
  });
  return { width: NAME_WIDTH, height: (rows.length + 2) * ROW_HEIGHT, svg: svg.join('') };
}

function panelBlock({ rows, measures, series }: SteadinessFigure, at: number, look: FigureLook): Block {
  const { name = '', range: [low, high] = [0, 1] } = measures[at] ?? {};
  const x = (value: number): number => (PANEL_WIDTH * (Math.min(high, Math.max(low, value)) - low)) / (high - low);
  const bottom = (rows.length + 1) * ROW_HEIGHT;
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const value = low + ((high - low) * tick) / TICKS;
    const line = element('path', { d: `M${x(value)} ${ROW_HEIGHT}V${bottom}`, stroke: look.hairline, fill: 'none' });
    return line + setText(String(value), look.quiet, { x: x(value), y: bottom + 14, anchor: 'middle' });
  });
  const marks = rows.flatMap(({ values }, row) =>
    (values[at] ?? []).map((value, place) => {
      const aside = (place - (series.length - 1) / 2) * 7;
      return drawValue(value, { x, y: (row + 1.5) * ROW_HEIGHT + aside, color: seriesStyle(look, place).color });
    }),
  );
  const title = setText(name, look.strong, { x: 0, y: look.strong.size });
  return { width: PANEL_WIDTH, height: bottom + ROW_HEIGHT, svg: [title, ...ticks, ...marks].join('') };
}

interface MarkPlace {
  readonly x: (value: number) => number;
  readonly y: number;
  readonly color: string;
}

function drawValue(value: SteadinessValue | undefined, { x, y, color }: MarkPlace): string {
  if (!value || !Number.isFinite(value.mean)) return '';
  const { mean, low = mean, high = mean } = value;
  const whisker = element('path', {
    d: `M${x(low)} ${y}H${x(high)}`,
    stroke: color,
    'stroke-width': 1.5,
    fill: 'none',
  });
  return whisker + element('circle', { cx: x(mean), cy: y, r: 3.5, fill: color });
}
