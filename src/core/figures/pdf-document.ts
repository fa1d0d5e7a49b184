import { once } from 'node:events';
import type drawSvg from 'svg-to-pdfkit';
import { fontFiles } from './fonts.ts';

export interface PdfSettings {
  /** Points, or `A4`. */
  readonly size: readonly [number, number] | 'A4';
  readonly title: string;
  readonly created: Date;
  /** Stands among the document's properties as `RelevanceLightbox`. */
  readonly record: string;
}

export interface Pdf {
  readonly drawSvg: typeof drawSvg;
  readonly document: PDFKit.PDFDocument;
  readonly bytes: Promise<Buffer>;
}

const A4_MARGIN = 57;

/**
 * A document with the product's own fonts, as `normal` and `bold`; a page of a given size has no margin. What writes PDFs is loaded by the first document: most
 * commands need none, and it takes 15 MB.
 */
export async function createPdf({ size, title, created, record }: PdfSettings): Promise<Pdf> {
  const [{ default: PDFDocument }, { default: draw }] = await Promise.all([import('pdfkit'), import('svg-to-pdfkit')]);
  const document = new PDFDocument({
    ...{ size: size === 'A4' ? size : [...size], margin: size === 'A4' ? A4_MARGIN : 0 },
    ...{ lang: 'en', displayTitle: true, bufferPages: true },
    // The standard fonts are read from files of pdfkit's; these are not needed.
    font: fontFiles.normal,
    info: { Title: title, Producer: 'Relevance Lightbox', Creator: 'Relevance Lightbox', CreationDate: created },
  });
  Object.assign(document.info, { RelevanceLightbox: record });
  for (const [weight, file] of Object.entries(fontFiles)) document.registerFont(weight, file);
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  return { document, drawSvg: draw, bytes: once(document, 'end').then(() => Buffer.concat(parts)) };
}

export function finishPdf({ document, bytes }: Pick<Pdf, 'document' | 'bytes'>): Promise<Buffer> {
  document.end();
  return bytes;
}
