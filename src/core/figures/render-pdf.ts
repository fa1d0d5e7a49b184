import { LightboxError } from '#shared/errors.ts';
import type { Size } from '#core/imaging/index.ts';
import type { Figure } from './figure.ts';
import { createPdf, finishPdf, type Pdf } from './pdf-document.ts';

/** A PDF counts in points of 1/72 inch, an SVG in pixels of 1/96 inch. */
const POINTS_PER_PIXEL = 72 / 96;
const POINTS_PER_MM = 72 / 25.4;
const widths = { narrowestMm: 10, widestMm: 5000 } as const;

export interface PdfOptions {
  /** Width of the page in millimetres, such as a journal's column; 96 pixels of the figure to the inch when not given. */
  readonly widthMm?: number | undefined;
  /** Of the file; when the figure was made when not given. */
  readonly created?: Date | undefined;
}

/**
 * The figure as a PDF of one page of its size: lines and text stay lines and text, in the product's own fonts, embedded. The figure's
 * record stands among the document's properties as `RelevanceLightbox`.
 * @throws LightboxError `request/invalid` on a width that no page has.
 */
export async function renderFigurePdf(
  figure: Figure,
  { widthMm = figure.widthMm, created = readCreated(figure) }: PdfOptions = {},
): Promise<Buffer> {
  if (widthMm !== undefined && !(widthMm >= widths.narrowestMm && widthMm <= widths.widestMm)) {
    const sentence = `A figure's width must be ${widths.narrowestMm} to ${widths.widestMm} mm, not ${widthMm}.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const width = widthMm === undefined ? figure.width * POINTS_PER_PIXEL : widthMm * POINTS_PER_MM;
  const height = (width * figure.height) / figure.width;
  const pdf = await createPdf({ size: [width, height], title: readTitle(figure), created, record: figure.record });
  drawFigure(pdf, figure, { x: 0, y: 0, width, height });
  return finishPdf(pdf);
}

/** Draws a figure into a document that has the product's fonts. */
export function drawFigure(
  { document, drawSvg }: Pick<Pdf, 'document' | 'drawSvg'>,
  { svg }: Figure,
  { x, y, width, height }: Size & { readonly x: number; readonly y: number },
): void {
  drawSvg(document, svg, x, y, {
    ...{ width, height, assumePt: false, preserveAspectRatio: 'xMinYMin meet' },
    fontCallback: (_, bold) => (bold ? 'bold' : 'normal'),
  });
}

/** So that the same figure gives the same bytes. */
function readCreated({ record }: Figure): Date {
  const { provenance } = JSON.parse(record) as { provenance?: { created?: unknown } };
  const created = new Date(String(provenance?.created));
  return Number.isNaN(created.getTime()) ? new Date() : created;
}

function readTitle({ record }: Figure): string {
  const { title } = JSON.parse(record) as { title?: unknown };
  return typeof title === 'string' ? title : 'Figure';
}
