import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import drawSvg from 'svg-to-pdfkit';
import { LightboxError } from '#shared/errors.ts';
import type { Figure } from './figure.ts';
import { fontFiles } from './fonts.ts';

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
  const document = new PDFDocument({
    ...{ size: [width, height], margin: 0, lang: 'en', displayTitle: true },
    // The standard fonts are read from files of pdfkit's; these are not needed.
    font: fontFiles.normal,
    info: {
      Title: readTitle(figure),
      Producer: 'Relevance Lightbox',
      Creator: 'Relevance Lightbox',
      CreationDate: created,
    },
  });
  Object.assign(document.info, { RelevanceLightbox: figure.record });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = once(document, 'end');
  for (const [weight, file] of Object.entries(fontFiles)) document.registerFont(weight, file);
  drawSvg(document, figure.svg, 0, 0, {
    ...{ width, height, assumePt: false, preserveAspectRatio: 'xMinYMin meet' },
    fontCallback: (_, bold) => (bold ? 'bold' : 'normal'),
  });
  document.end();
  await ended;
  return Buffer.concat(parts);
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
