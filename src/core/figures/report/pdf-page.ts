import type { Pdf } from '../pdf-document.ts';

/** Where a report stands on its page. */
export interface PdfPage {
  readonly document: PDFKit.PDFDocument;
  readonly drawSvg: Pdf['drawSvg'];
  readonly left: number;
  /** Room across and down, in points. */
  readonly width: number;
  readonly fullHeight: number;
  /** Begins a new page where less than this is left. */
  readonly keep: (height: number) => void;
  readonly space: (height: number) => void;
}

export function pageOf({ document, drawSvg }: Pick<Pdf, 'document' | 'drawSvg'>): PdfPage {
  const { margins, width, height } = document.page;
  const bottom = height - margins.bottom;
  return {
    ...{
      document,
      drawSvg,
      left: margins.left,
      width: width - margins.left - margins.right,
      fullHeight: bottom - margins.top,
    },
    keep: (needed) => {
      if (document.y + needed > bottom && document.y > margins.top) document.addPage();
    },
    space: (gap) => {
      document.y = Math.min(bottom, document.y + gap);
    },
  };
}
