import { columnBlock, placeBlock } from './block.ts';
import type { Block } from './block.ts';
import type { FigureLook } from './figure-look.ts';
import type { FigureOrigin } from './figure-origin.ts';
import type { Figure } from './figure.ts';
import { fontFamilies } from './fonts.ts';
import { describeProvenance } from './provenance.ts';
import type { FigureProvenance } from './provenance.ts';
import { wrapText } from './set-text.ts';
import { inMm, pixelsOf } from './paper.ts';
import { element, escapeXml, writeNumber } from './svg-element.ts';
import { linesBlock, wrapParts } from './text-block.ts';

/** What every figure says besides its content. */
export interface FigureTexts {
  readonly title: string;
  /** Below the title. */
  readonly subtitle?: string;
  readonly provenance: FigureProvenance;
  /** What the figure can be made again from, and the numbers it shows; written into the file. */
  readonly origin?: FigureOrigin | undefined;
  /** Width on paper, in millimetres. */
  readonly widthMm?: number | undefined;
}

const TITLE_LINES = 2;
const FOOTER_GAP = 8;

/** The figure on its ground: title, content, notes, and where its numbers come from. */
export function frameFigure(content: Block, texts: FigureTexts, look: FigureLook): Figure {
  const { title, subtitle = '', provenance } = texts;
  const { width } = content;
  const header = columnBlock(
    [
      linesBlock(wrapText(title, look.title, { maxWidth: width, maxLines: TITLE_LINES }), look.title),
      linesBlock(wrapText(subtitle, look.text, { maxWidth: width }), look.text),
    ].filter(({ height }) => height > 0),
    0,
  );
  const rule = element('path', { d: `M0 0.5H${width}`, stroke: look.hairline, fill: 'none' });
  const lines = wrapParts(describeProvenance(provenance), look.quiet, width);
  const footer = columnBlock([{ width, height: 1, svg: rule }, linesBlock(lines, look.quiet)], FOOTER_GAP);
  return writeFigure(columnBlock([header, content, footer], look.gap), texts, look);
}

function writeFigure(body: Block, { title, provenance, origin, widthMm }: FigureTexts, look: FigureLook): Figure {
  const { margin } = look;
  const height = Math.ceil(body.height) + 2 * margin;
  const width = widthMm === undefined ? Math.ceil(body.width) + 2 * margin : pixelsOf(widthMm);
  const record = JSON.stringify({ format: 'relevance-lightbox/figure/1', title, provenance, ...origin });
  const content = [
    element('title', {}, escapeXml(title)),
    element('metadata', {}, escapeXml(record)),
    element('rect', { width, height, fill: look.ground }),
    // Widths are measured without kerning.
    element('g', { 'font-family': fontFamilies, style: 'font-kerning:none' }, placeBlock(body, margin, margin)),
  ];
  const size = widthMm === undefined ? { width, height } : { width: inMm(width), height: inMm(height) };
  const view = `0 0 ${writeNumber(width)} ${writeNumber(height)}`;
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: view };
  const svg = `${element('svg', attributes, content.join('\n'))}\n`;
  return { svg, width, height, record, ...(widthMm !== undefined && { widthMm }) };
}
