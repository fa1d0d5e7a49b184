import { columnBlock, rowBlock, type Block } from './block.ts';
import { colorBarBlock, type SheetBar } from './color-bar-block.ts';
import { frameFigure, type FigureTexts } from './figure-frame.ts';
import type { Figure } from './figure.ts';
import type { MapPanel } from './map-case.ts';
import { panelBlock, spanPanel } from './map-panel.ts';
import { layOutPage, type Page, type PageChoice } from './paper.ts';
import { wrapText } from './set-text.ts';
import { linesBlock } from './text-block.ts';

/** Pictures with their maps: what becomes of prediction and map with the composite, the layer, or when a picture is changed. */
export interface MapSheet extends Omit<FigureTexts, 'title'>, PageChoice {
  /** May be empty on paper, where the caption stands below the figure. */
  readonly title: string;
  readonly panels: readonly MapPanel[];
  /** What the rows of titles are called. Default: Variant. */
  readonly titleName?: string;
  /** Cases one below the other, maps side by side. Default: cases side by side. */
  readonly casesDown?: boolean | undefined;
  /** Panels side by side. Default: 1. */
  readonly panelsAcross?: number | undefined;
  /** What colors stand for. */
  readonly bar?: SheetBar | undefined;
  /** How to read it, in sentences. */
  readonly legend: string;
}

const SCREEN_WIDTH = 1180;
const BLOCK_GAP = 22;

/** Throws `request/invalid` where so many pictures do not fit side by side into the width. */
export function renderMapSheet(sheet: MapSheet): Figure {
  const { panels, panelsAcross = 1, casesDown = false, titleName = 'Variant' } = sheet;
  const page = layOutPage(sheet, SCREEN_WIDTH);
  const gap = page.isPaper ? 10 : BLOCK_GAP;
  const room = (page.width - gap * (panelsAcross - 1)) / panelsAcross;
  const span = spanPanel(panels, { page, room, casesDown, titleName });
  const blocks = panels.map((panel) => panelBlock(panel, span));
  const rows = Array.from({ length: Math.ceil(blocks.length / panelsAcross) }, (_, row) =>
    rowBlock(blocks.slice(row * panelsAcross, (row + 1) * panelsAcross), gap),
  );
  const width = page.isPaper ? page.width : Math.max(page.width, ...rows.map((row) => row.width));
  const content = columnBlock([...rows, ...legendBlocks(sheet, page, width)], gap);
  return frameFigure({ ...content, width }, sheet, page.look);
}

function legendBlocks({ legend, bar }: MapSheet, { look, isPaper }: Page, width: number): readonly Block[] {
  const set = isPaper ? look.quiet : look.text;
  const text = linesBlock(wrapText(legend, set, { maxWidth: width }), set);
  return bar ? [colorBarBlock(bar, look, width), text] : [text];
}
