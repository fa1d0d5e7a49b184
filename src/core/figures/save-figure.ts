import { extname } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { saveFile } from '#core/imaging/index.ts';
import { embedFonts } from './embed-fonts.ts';
import type { Figure } from './figure.ts';
import { renderFigurePdf } from './render-pdf.ts';
import { renderFigurePng } from './render-png.ts';

export interface SaveFigureOptions {
  /** Pixels of a PNG for each pixel of the figure. Default: 2, and on paper 300 to the inch. */
  readonly scale?: number;
  /** Width of a PDF's page in millimetres; 96 pixels of the figure to the inch when not given. */
  readonly widthMm?: number | undefined;
}

/** 300 pixels to the inch. */
const PAPER_SCALE = 300 / 96;

type Writer = (figure: Figure, options: SaveFigureOptions) => Promise<Uint8Array>;

const writers: Readonly<Record<string, Writer>> = {
  '.pdf': renderFigurePdf,
  '.png': (figure, { scale = figure.widthMm === undefined ? 2 : PAPER_SCALE }) => renderFigurePng(figure, scale),
  '.svg': (figure) => Promise.resolve(Buffer.from(embedFonts(figure.svg), 'utf8')),
};

/**
 * Save a figure in the format that the file's extension names; the file is whole or not there.
 * @throws LightboxError `request/invalid` on another extension, an odd scale or width, `output/not-writable`.
 */
export async function saveFigure(path: string, figure: Figure, options: SaveFigureOptions = {}): Promise<void> {
  await saveFile(path, await writeFigure(path, figure, options));
}

/** The bytes `saveFigure` would save. Throws `request/invalid` as it does. */
export async function writeFigure(path: string, figure: Figure, options: SaveFigureOptions = {}): Promise<Uint8Array> {
  const extension = extname(path).toLowerCase();
  const write = Object.hasOwn(writers, extension) ? writers[extension] : undefined;
  if (write === undefined) {
    const given = extension === '' ? 'a name without an extension' : `'${extension}'`;
    throw new LightboxError('request/invalid', `Figures are saved as .pdf, .png or .svg, not as ${given}.`);
  }
  return write(figure, options);
}
