import { darkColorMap } from '#shared/color-maps.ts';
import type { Canvas } from './canvas.ts';
import { horizontalBarBlock } from './color-bar.ts';
import { columnBlock, pixelBlock, rowBlock } from './figure-blocks.ts';
import type { Block } from './figure-blocks.ts';
import { panelHeading } from './figure-caption.ts';
import type { FigureCaption } from './figure-caption.ts';
import { chooseDrawingSize, renderPanels, scaleStyle } from './figure-panels.ts';
import type { ExplainedPicture } from './figure-panels.ts';
import { completeStyle, describeScale } from './figure-style.ts';
import { figureTheme } from './figure-theme.ts';
import type { OverlayStyle, ScaledStyle } from './overlay.ts';
import { barBelow, frameFigure } from './render-figures.ts';
import { LightboxError } from '#shared/errors.ts';
import type { Size } from './resample.ts';

/** One composite's map of the picture. */
export interface ContactSheetColumn extends Pick<ExplainedPicture, 'heatmap'> {
  readonly heading: string;
  /** Differs from the sheet's style, such as a sequential color map for maps that are never negative. */
  readonly style?: Partial<OverlayStyle>;
}

export interface ContactSheet extends Omit<ExplainedPicture, 'heatmap'> {
  readonly columns: readonly ContactSheetColumn[];
  /** `own`: each map by its own values; `shared`: all by the same, so that colors compare. Default: own. */
  readonly scale?: 'own' | 'shared';
  readonly style?: Partial<OverlayStyle>;
  readonly caption?: FigureCaption;
}

const PANEL_SIDE = 300;

/**
 * The picture, then a column per composite: overlay above, heatmap below, each column with its own numbers.
 * @throws LightboxError `request/invalid` when there is no column or a map cannot be shown.
 */
export function renderContactSheet(sheet: ContactSheet): Canvas {
  const { columns, scale = 'own' } = sheet;
  const [first] = columns;
  if (!first) throw new LightboxError('request/invalid', 'A contact sheet needs at least one heatmap.');
  const explained = { ...sheet, heatmap: first.heatmap };
  const size = chooseDrawingSize(explained, PANEL_SIDE);
  const sheetStyle = completeStyle(sheet.style, darkColorMap);
  const maps = columns.map(({ heatmap }) => heatmap);
  const blocks = columns.map((column) => {
    const style = scaleStyle({ ...sheetStyle, ...column.style }, scale === 'own' ? [column.heatmap] : maps);
    return columnBlockOf({ sheet, column, size, style });
  });
  const { picture } = renderPanels(explained, scaleStyle(sheetStyle, [first.heatmap]), size);
  const pictureColumn = columnBlock([panelHeading('Picture', size.width), pixelBlock(picture)], figureTheme.headingGap);
  return frameFigure(
    rowBlock([pictureColumn, ...blocks], figureTheme.gap),
    sheet.caption,
    describeSheetScale(sheet, sheetStyle),
  );
}

function describeSheetScale({ columns, scale = 'own' }: ContactSheet, style: OverlayStyle): readonly string[] {
  const all = scaleStyle(
    style,
    columns.map(({ heatmap }) => heatmap),
  );
  return describeScale(style, all.range, { owner: scale === 'own' ? 'each map' : 'all maps', isOverlay: true });
}

interface ColumnPlan {
  readonly sheet: ContactSheet;
  readonly column: ContactSheetColumn;
  readonly size: Size;
  readonly style: ScaledStyle;
}

function columnBlockOf({ sheet, column, size, style }: ColumnPlan): Block {
  const { overlay, heatmap } = renderPanels({ ...sheet, heatmap: column.heatmap }, style, size);
  const scale = { style, isOverlay: false, barClass: sheet.caption?.target };
  const bar = horizontalBarBlock(scale, size.width);
  return columnBlock(
    [
      panelHeading(column.heading, size.width),
      columnBlock([pixelBlock(overlay), barBelow(heatmap, bar)], figureTheme.barGap),
    ],
    figureTheme.headingGap,
  );
}
