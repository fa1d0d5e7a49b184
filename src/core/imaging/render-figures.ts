import { darkColorMap, defaultColorMap } from '#shared/color-maps.ts';
import type { Canvas } from './canvas.ts';
import { horizontalBarBlock, SHORTEST_STANDING_BAR, verticalBarBlock } from './color-bar.ts';
import type { BarScale } from './color-bar.ts';
import { columnBlock, drawFigure, pixelBlock, rowBlock } from './figure-blocks.ts';
import type { Block } from './figure-blocks.ts';
import { footerBlock, headerBlock, panelHeading } from './figure-caption.ts';
import type { FigureCaption } from './figure-caption.ts';
import {
  chooseDrawingSize,
  chooseEnlargement,
  regionOf,
  renderHeatmapPixels,
  renderPanels,
  scaleStyle,
} from './figure-panels.ts';
import type { ExplainedPicture } from './figure-panels.ts';
import { completeStyle, describeScale } from './figure-style.ts';
import { figureTheme } from './figure-theme.ts';
import type { Heatmap } from './heatmap.ts';
import { renderOverlay } from './overlay.ts';
import type { OverlayStyle } from './overlay.ts';

export interface FigureLook {
  /** Default: our own color map (in its dark form over a picture), symmetric range, level 1, opacity by magnitude. */
  readonly style?: Partial<OverlayStyle>;
  readonly caption?: FigureCaption;
  /** `false` and no caption: the bare pixels without margin. Default: true. */
  readonly withColorBar?: boolean;
}

export type HeatmapFigure = FigureLook & { readonly heatmap: Heatmap };
export type PictureFigure = FigureLook & ExplainedPicture;

const HEATMAP_SIDE = 448;
const OVERLAY_SIDE = 800;
const COMPARISON_SIDE = 448;

/** The heatmap alone, at least 448 pixels on its shorter side, with a color bar at its side. */
export function renderHeatmapFigure(figure: HeatmapFigure): Canvas {
  const { heatmap } = figure;
  const chosen = completeStyle(figure.style, defaultColorMap);
  const style = scaleStyle(chosen, [heatmap]);
  const pixels = renderHeatmapPixels(heatmap, style, chooseEnlargement(heatmap, HEATMAP_SIDE));
  return frameSinglePicture(pixels, figure, {
    scale: { style, isOverlay: false, barClass: figure.caption?.target },
    footer: describeScale(chosen, style.range, { effect: figure.caption?.target?.effect }),
  });
}

/** The picture in grey with the heatmap over it, in the picture's own aspect. */
export function renderOverlayFigure(figure: PictureFigure): Canvas {
  const { picture, heatmap } = figure;
  const chosen = completeStyle(figure.style, darkColorMap);
  const style = scaleStyle(chosen, [heatmap]);
  const size = chooseDrawingSize(figure, OVERLAY_SIDE);
  const pixels = renderOverlay({ picture, heatmap, region: regionOf(figure), size }, style);
  return frameSinglePicture(pixels, figure, {
    scale: { style, isOverlay: true, barClass: figure.caption?.target },
    footer: describeScale(chosen, style.range, { isOverlay: true, effect: figure.caption?.target?.effect }),
  });
}

/** Picture, overlay and heatmap side by side. */
export function renderComparison(figure: PictureFigure): Canvas {
  const chosen = completeStyle(figure.style, darkColorMap);
  const style = scaleStyle(chosen, [figure.heatmap]);
  const size = chooseDrawingSize(figure, COMPARISON_SIDE);
  const panels = renderPanels(figure, style, size);
  const barClass = figure.caption?.target;
  const bar = (isOverlay: boolean): Block => horizontalBarBlock({ style, isOverlay, barClass }, size.width);
  const row = rowBlock(
    [
      columnBlock([panelHeading('Picture', size.width), pixelBlock(panels.picture)], figureTheme.headingGap),
      columnBlock([panelHeading('Overlay', size.width), barBelow(panels.overlay, bar(true))], figureTheme.headingGap),
      columnBlock([panelHeading('Heatmap', size.width), barBelow(panels.heatmap, bar(false))], figureTheme.headingGap),
    ],
    figureTheme.gap,
  );
  const footer = describeScale(chosen, style.range, { isOverlay: true, effect: figure.caption?.target?.effect });
  return frameFigure(row, figure.caption, footer);
}

export const barBelow = (pixels: Canvas, bar: Block): Block =>
  columnBlock([pixelBlock(pixels), bar], figureTheme.barGap);

/** Header, content and footer on the figure's ground. */
export function frameFigure(content: Block, caption: FigureCaption = {}, footer: readonly string[]): Canvas {
  const width = Math.max(content.width, figureTheme.narrowestText);
  const parts = [headerBlock(caption, width), content, footerBlock(footer, width)];
  return drawFigure(
    columnBlock(
      parts.filter(({ height }) => height > 0),
      figureTheme.sectionGap,
    ),
  );
}

interface SingleFrame {
  readonly scale: BarScale;
  readonly footer: readonly string[];
}

function frameSinglePicture(pixels: Canvas, look: FigureLook, { scale, footer }: SingleFrame): Canvas {
  const { caption, withColorBar = true } = look;
  if (!withColorBar) return caption === undefined ? pixels : frameFigure(pixelBlock(pixels), caption, footer);
  const isTall = pixels.height >= SHORTEST_STANDING_BAR;
  const content = isTall
    ? rowBlock([pixelBlock(pixels), verticalBarBlock(scale, pixels.height)], figureTheme.gap)
    : barBelow(pixels, horizontalBarBlock(scale, pixels.width));
  return frameFigure(content, caption, footer);
}
