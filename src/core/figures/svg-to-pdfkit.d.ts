/* eslint-disable no-restricted-syntax, max-params -- the shape of a package that has no types of its own. */
declare module 'svg-to-pdfkit' {
  /** Draws an SVG into a document of pdfkit. */
  export default function drawSvg(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options?: {
      readonly width?: number;
      readonly height?: number;
      readonly assumePt?: boolean;
      readonly preserveAspectRatio?: string;
      readonly fontCallback?: (family: string, bold: boolean, italic: boolean) => string;
      readonly warningCallback?: (sentence: string) => void;
    },
  ): void;
}
