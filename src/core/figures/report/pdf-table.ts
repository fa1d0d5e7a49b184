import type { PdfPage } from './pdf-page.ts';
import type { ReportTable } from './report-document.ts';

const SIZE = 7.5;
const PADDING = 3;
const colors = { text: '#2c3138', head: '#5c646e', rule: '#dde1e6' } as const;

/** A table whose cells are wrapped; its head stands again on every page. */
export function drawTable(page: PdfPage, { head, rows, shares = head.map(() => 1) }: ReportTable): void {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (page.width * share) / total);
  const drawHead = (): void => {
    drawRow(page, head, { widths, color: colors.head });
  };
  page.space(4);
  page.keep(4 * SIZE * 2);
  drawHead();
  for (const row of rows) {
    const before = page.document.page;
    page.keep(heightOf(page, row, widths));
    if (page.document.page !== before) drawHead();
    drawRow(page, row, { widths, color: colors.text });
  }
  page.space(6);
}

interface RowStyle {
  readonly widths: readonly number[];
  readonly color: string;
}

function heightOf({ document }: PdfPage, row: readonly string[], widths: readonly number[]): number {
  document.font('normal').fontSize(SIZE);
  const heights = row.map((cell, at) => document.heightOfString(cell, { width: (widths[at] ?? 0) - 2 * PADDING }));
  return Math.max(SIZE, ...heights) + 2 * PADDING;
}

function drawRow(page: PdfPage, row: readonly string[], { widths, color }: RowStyle): void {
  const { document, left, width } = page;
  const height = heightOf(page, row, widths);
  const { y } = document;
  let x = left;
  for (const [at, cell] of row.entries()) {
    const own = widths[at] ?? 0;
    document.font('normal').fontSize(SIZE).fillColor(color);
    document.text(cell, x + PADDING, y + PADDING, { width: own - 2 * PADDING });
    x += own;
  }
  document
    .moveTo(left, y + height)
    .lineTo(left + width, y + height)
    .lineWidth(0.5)
    .strokeColor(colors.rule)
    .stroke();
  document.x = left;
  document.y = y + height;
}
