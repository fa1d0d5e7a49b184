import { renderAsync } from '@resvg/resvg-js';
import { LightboxError } from '#shared/errors.ts';
import type { Figure } from './figure.ts';
import { fontFamily, fontFiles } from './fonts.ts';
import { addPngDensity, addPngText } from './png-text.ts';

const LARGEST_SCALE = 10;
/** Beyond this a PNG takes gigabytes to make. */
const MOST_PIXELS = 100_000_000;

/**
 * The figure as PNG, drawn with the product's own fonts whatever the machine has.
 * @param scale pixels of the PNG for each pixel of the figure.
 * @throws LightboxError `request/invalid` on a scale that is not positive or makes the PNG too large.
 */
export async function renderFigurePng(figure: Figure, scale = 1): Promise<Buffer> {
  if (!(scale > 0 && scale <= LARGEST_SCALE)) {
    throw new LightboxError('request/invalid', `A figure's scale must be above 0 and at most 10, not ${scale}.`);
  }
  const [width, height] = [Math.max(1, Math.round(figure.width * scale)), figure.height * scale];
  if (width * height > MOST_PIXELS) {
    const size = `${width} x ${Math.round(height)} pixels`;
    throw new LightboxError('request/invalid', `A PNG of ${size} is too large; choose a smaller scale or save an SVG.`);
  }
  const image = await renderAsync(figure.svg, {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false, fontFiles: Object.values(fontFiles), defaultFontFamily: fontFamily },
  });
  const png = addPngText(image.asPng(), 'Relevance Lightbox', figure.record);
  return figure.widthMm === undefined ? png : addPngDensity(png, width / figure.widthMm);
}
