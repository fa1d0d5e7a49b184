import { writeFontFaces } from '../embed-fonts.ts';
import { escapeXml } from '../svg-element.ts';
import type { ReportBlock, ReportDocument, ReportSection, ReportTable } from './report-document.ts';

const style = `
body { font: 15px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #2c3138; background: #fff; margin: 0 auto; max-width: 900px; padding: 24px; }
h1, h2, h3 { color: #14161a; line-height: 1.25; } h2 { margin-top: 2em; border-bottom: 1px solid #dde1e6; padding-bottom: 4px; }
p.subtitle, figcaption, caption, footer { color: #5c646e; font-size: 13px; text-align: left; }
table { border-collapse: collapse; width: 100%; font-size: 13px; margin: 12px 0; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #dde1e6; overflow-wrap: anywhere; }
th { color: #5c646e; font-weight: normal; } caption { caption-side: bottom; padding-top: 4px; }
figure { margin: 16px 0; } figure svg { width: 100%; height: auto; } nav a { margin-right: 14px; }
footer { margin-top: 3em; border-top: 1px solid #dde1e6; padding-top: 8px; }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }`;

/** A report as one file: nothing is loaded from elsewhere and nothing runs in it. */
export function writeReportHtml(report: ReportDocument): string {
  const body = writeBody(report);
  const words = body.replace(/<[^>]*>/g, ' ');
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="relevance-lightbox" content="${escapeXml(report.record)}">
<title>${escapeXml(report.title)}</title><style>${writeFontFaces(words)}${style}
</style></head><body>
${body}</body></html>
`;
}

function writeBody(report: ReportDocument): string {
  const links = report.sections.map(({ title }, at) => `<a href="#section-${at + 1}">${escapeXml(title)}</a>`);
  return `<h1>${escapeXml(report.title)}</h1><p class="subtitle">${escapeXml(report.subtitle)}</p>
<nav>${links.join('\n')}</nav>
${report.sections.map(writeSection).join('\n')}
<footer>${escapeXml(report.footer)}</footer>`;
}

function writeSection({ title, blocks }: ReportSection, at: number): string {
  const content = blocks.map(writeBlock).join('\n');
  return `<section id="section-${at + 1}"><h2>${at + 1}. ${escapeXml(title)}</h2>\n${content}</section>`;
}

function writeBlock(block: ReportBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeXml(block.text)}</p>`;
    case 'heading':
      return `<h3>${escapeXml(block.text)}</h3>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeXml(item)}</li>`).join('')}</ul>`;
    case 'table':
      return writeTable(block.table, block.caption);
    case 'figure':
      return `<figure>${block.figure.svg.trim()}<figcaption>${escapeXml(block.caption)}</figcaption></figure>`;
  }
}

function writeTable({ head, rows }: ReportTable, caption: string): string {
  const cells = (row: readonly string[], tag: string): string =>
    `<tr>${row.map((cell) => `<${tag}>${escapeXml(cell)}</${tag}>`).join('')}</tr>`;
  const note = caption === '' ? '' : `<caption>${escapeXml(caption)}</caption>`;
  return `<table>${note}<thead>${cells(head, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('\n')}</tbody></table>`;
}
