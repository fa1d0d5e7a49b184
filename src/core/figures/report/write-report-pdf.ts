import type { Size } from '#core/imaging/index.ts';
import { createPdf, finishPdf, type Pdf } from '../pdf-document.ts';
import { drawFigure } from '../render-pdf.ts';
import { drawTable } from './pdf-table.ts';
import { pageOf, type PdfPage } from './pdf-page.ts';
import type { ReportBlock, ReportDocument } from './report-document.ts';

const sizes = { title: 20, section: 14, heading: 11, text: 9, small: 7.5 } as const;
const colors = { title: '#14161a', text: '#2c3138', quiet: '#5c646e' } as const;
const PARAGRAPH_GAP = 6;

/** A report as pages of A4, in the product's own fonts, embedded. */
export async function writeReportPdf(report: ReportDocument): Promise<Buffer> {
  const pdf = await createPdf({
    size: 'A4',
    title: report.title,
    created: new Date(report.created),
    record: report.record,
  });
  const page = pageOf(pdf);
  write(page, report.title, { size: sizes.title, font: 'bold', color: colors.title });
  write(page, report.subtitle, { size: sizes.text, font: 'normal', color: colors.quiet });
  for (const [at, { title, blocks }] of report.sections.entries()) {
    page.space(14);
    page.keep(sizes.section * 2 + headRoom(page, blocks));
    write(page, `${at + 1}. ${title}`, { size: sizes.section, font: 'bold', color: colors.title });
    for (const [place, block] of blocks.entries()) {
      if (block.kind === 'heading') page.keep(headRoom(page, blocks.slice(place)));
      drawBlock(page, block);
    }
  }
  writeFeet(pdf, report.footer);
  return finishPdf(pdf);
}

/** What a heading must not be parted from: headings below it, and the figure or first lines below these. */
function headRoom(page: PdfPage, blocks: readonly ReportBlock[]): number {
  const [first, ...rest] = blocks;
  if (first?.kind === 'heading') return sizes.heading * 2 + headRoom(page, rest);
  return first?.kind === 'figure' ? figureRoom(page, first).all : sizes.text * 5;
}

interface Writing {
  readonly size: number;
  readonly font: 'normal' | 'bold';
  readonly color: string;
  readonly indent?: number;
}

function write({ document, left, width, space }: PdfPage, text: string, writing: Writing): void {
  const { size, font, color, indent = 0 } = writing;
  document.font(font).fontSize(size).fillColor(color);
  document.text(text, left + indent, document.y, { width: width - indent, lineGap: size * 0.2 });
  space(PARAGRAPH_GAP);
}

function drawBlock(page: PdfPage, block: ReportBlock): void {
  switch (block.kind) {
    case 'text':
      write(page, block.text, { size: sizes.text, font: 'normal', color: colors.text });
      return;
    case 'heading':
      write(page, block.text, { size: sizes.heading, font: 'bold', color: colors.title });
      return;
    case 'list':
      for (const item of block.items)
        write(page, `\u2022 ${item}`, { size: sizes.text, font: 'normal', color: colors.text, indent: 8 });
      return;
    case 'table':
      drawTable(page, block.table);
      writeCaption(page, block.caption);
      return;
    case 'figure':
      drawFigureBlock(page, block);
  }
}

type FigureBlock = Extract<ReportBlock, { kind: 'figure' }>;

/** A figure's size in points, narrowed where it is taller than a page below two headings, and with its caption. */
function figureRoom(page: PdfPage, { figure }: FigureBlock): Size & { readonly all: number } {
  const captionRoom = 3 * sizes.small * 1.4;
  const room = page.fullHeight - captionRoom - 2 * sizes.section - 4 * sizes.heading;
  const scale = Math.min(1, room / ((page.width * figure.height) / figure.width));
  const [width, height] = [page.width * scale, ((page.width * figure.height) / figure.width) * scale];
  return { width, height, all: height + captionRoom };
}

function drawFigureBlock(page: PdfPage, block: FigureBlock): void {
  const { width, height, all } = figureRoom(page, block);
  page.keep(all);
  const { document } = page;
  const { y } = document;
  drawFigure(page, block.figure, { x: page.left, y, width, height });
  document.x = page.left;
  document.y = y + height + 4;
  writeCaption(page, block.caption);
}

function writeCaption(page: PdfPage, caption: string): void {
  if (caption !== '') write(page, caption, { size: sizes.small, font: 'normal', color: colors.quiet });
}

function writeFeet(pdf: Pdf, footer: string): void {
  const { document } = pdf;
  const { start, count } = document.bufferedPageRange();
  for (let at = start; at < start + count; at++) {
    document.switchToPage(at);
    const { left, width } = pageOf(pdf);
    document.font('normal').fontSize(sizes.small).fillColor(colors.quiet);
    // Below the margin, where text would otherwise begin a new page.
    document.page.margins.bottom = 0;
    const y = document.page.height - 36;
    document.text(footer, left, y, { width: width - 60, lineBreak: false, ellipsis: true, height: 10 });
    document.text(`${at + 1} / ${count}`, left, y, { width, align: 'right', lineBreak: false });
  }
}
