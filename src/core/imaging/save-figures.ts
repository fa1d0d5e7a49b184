import type { Canvas } from './canvas.ts';
import { renderContactSheet } from './contact-sheet.ts';
import type { ContactSheet } from './contact-sheet.ts';
import { writePng } from './pixel-codec.ts';
import { renderComparison, renderHeatmapFigure, renderOverlayFigure } from './render-figures.ts';
import type { HeatmapFigure, PictureFigure } from './render-figures.ts';
import { saveFile } from './save-file.ts';

// Each throws LightboxError `request/invalid` (a map that cannot be shown) or `output/not-writable`.

export async function saveHeatmapPng(path: string, figure: HeatmapFigure): Promise<void> {
  await savePng(path, renderHeatmapFigure(figure));
}

export async function saveOverlayPng(path: string, figure: PictureFigure): Promise<void> {
  await savePng(path, renderOverlayFigure(figure));
}

export async function saveComparison(path: string, figure: PictureFigure): Promise<void> {
  await savePng(path, renderComparison(figure));
}

export async function saveContactSheet(path: string, sheet: ContactSheet): Promise<void> {
  await savePng(path, renderContactSheet(sheet));
}

async function savePng(path: string, { rgb, width, height }: Canvas): Promise<void> {
  await saveFile(path, await writePng(rgb, width, height));
}
