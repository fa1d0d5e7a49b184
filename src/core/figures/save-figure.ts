import { extname } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { saveFile } from '#core/imaging/index.ts';
import type { Figure } from './figure.ts';
import { renderFigurePng } from './render-png.ts';

export interface SaveFigureOptions {
  /** Pixels of a PNG for each pixel of the figure. Default: 2. */
  readonly scale?: number;
}

type Writer = (figure: Figure, scale: number) => Promise<Uint8Array>;

const writers: Readonly<Record<string, Writer>> = {
  '.png': renderFigurePng,
  '.svg': (figure) => Promise.resolve(Buffer.from(figure.svg, 'utf8')),
};

/**
 * Save a figure in the format that the file's extension names; the file is whole or not there.
 * @throws LightboxError `request/invalid` on another extension or an odd scale, `output/not-writable`.
 */
export async function saveFigure(path: string, figure: Figure, { scale = 2 }: SaveFigureOptions = {}): Promise<void> {
  const extension = extname(path).toLowerCase();
  const write = Object.hasOwn(writers, extension) ? writers[extension] : undefined;
  if (write === undefined) {
    const given = extension === '' ? 'a name without an extension' : `'${extension}'`;
    throw new LightboxError('request/invalid', `Figures are saved as .png or .svg, not as ${given}.`);
  }
  await saveFile(path, await write(figure, scale));
}
