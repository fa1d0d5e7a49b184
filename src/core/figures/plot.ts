import type { Size } from '#core/imaging/index.ts';
import type { Block } from './block.ts';
import type { FigureLook } from './figure-look.ts';
import { capitalHeight, descent, setText } from './set-text.ts';
import { element } from './svg-element.ts';

export interface AxisTick {
  /** 0 at the axis' start, 1 at its end. */
  readonly share: number;
  readonly label: string;
}

export interface PlotAxis {
  readonly title: string;
  readonly ticks: readonly AxisTick[];
}

export interface PlotFrame {
  /** Of the area inside the axes. */
  readonly area: Size;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
}

/** Room left of the area, the same for all plots so that they align. */
export const plotMarginLeft = 52;
/** Keeps the topmost tick label and the end of the last one inside. */
const MARGIN_TOP = 6;
const TICK_LENGTH = 4;
const LABEL_GAP = 4;
const TITLE_GAP = 8;

/**
 * Axes with ticks, grid and titles about an area, and what is drawn in it.
 * @param content elements in the area's own pixels: (0, 0) is its top left corner.
 */
export function plotBlock(frame: PlotFrame, look: FigureLook, content: string): Block {
  const { area, x } = frame;
  const parts = [
    ...drawGrid(frame, look),
    drawAxisLines(area, look),
    content,
    ...drawXTicks(frame, look),
    ...drawYTicks(frame, look),
  ];
  const labelsBottom = hasLabels(x) ? TICK_LENGTH + LABEL_GAP + look.quiet.size : 0;
  const titleBottom = x.title === '' ? 0 : TITLE_GAP + look.text.size;
  const titles = drawTitles(frame, look, area.height + labelsBottom + titleBottom);
  return {
    width: plotMarginLeft + area.width,
    height: Math.ceil(MARGIN_TOP + area.height + labelsBottom + titleBottom + look.text.size * descent),
    svg: element('g', { transform: `translate(${plotMarginLeft} ${MARGIN_TOP})` }, [...parts, ...titles].join('')),
  };
}

const hasLabels = ({ ticks }: PlotAxis): boolean => ticks.some(({ label }) => label !== '');

function drawGrid({ area, x, y }: PlotFrame, look: FigureLook): string[] {
  const { width, height } = area;
  const line = (d: string): string => element('path', { d, stroke: look.hairline, fill: 'none' });
  return [
    ...x.ticks.map(({ share }) => line(`M${crisp(share * width)} 0V${height}`)),
    ...y.ticks.map(({ share }) => line(`M0 ${crisp(height - share * height)}H${width}`)),
  ];
}

/** One-pixel lines are sharp when they run through the middle of pixels. */
const crisp = (value: number): number => Math.round(value) + 0.5;

const drawAxisLines = ({ height, width }: Size, look: FigureLook): string =>
  element('path', { d: `M0.5 0V${crisp(height)}H${width}`, stroke: look.axis, fill: 'none' });

function drawXTicks({ area, x }: PlotFrame, look: FigureLook): string[] {
  const y = area.height + TICK_LENGTH + LABEL_GAP + look.quiet.size * capitalHeight;
  return x.ticks.map(({ share, label }) => {
    const at = crisp(share * area.width);
    const tick = element('path', { d: `M${at} ${area.height}v${TICK_LENGTH}`, stroke: look.axis, fill: 'none' });
    return label === '' ? tick : tick + setText(label, look.quiet, { x: at, y, anchor: 'middle' });
  });
}

function drawYTicks({ area, y }: PlotFrame, look: FigureLook): string[] {
  return y.ticks.map(({ share, label }) => {
    const at = crisp(area.height - share * area.height);
    const tick = element('path', { d: `M0 ${at}h${-TICK_LENGTH}`, stroke: look.axis, fill: 'none' });
    const place = {
      x: -TICK_LENGTH - LABEL_GAP,
      y: at + (look.quiet.size * capitalHeight) / 2,
      anchor: 'end',
    } as const;
    return tick + setText(label, look.quiet, place);
  });
}

function drawTitles({ area, x, y }: PlotFrame, look: FigureLook, bottom: number): string[] {
  const left = look.text.size * capitalHeight - plotMarginLeft;
  return [
    ...(x.title === '' ? [] : [setText(x.title, look.text, { x: area.width / 2, y: bottom, anchor: 'middle' })]),
    setText(y.title, look.text, { x: left, y: area.height / 2, anchor: 'middle', turn: -90 }),
  ];
}

/** 0 to 1 in fifths. */
export const shareTicks: readonly AxisTick[] = [0, 1, 2, 3, 4, 5].map((fifth) => ({
  share: fifth / 5,
  label: String(fifth / 5),
}));
