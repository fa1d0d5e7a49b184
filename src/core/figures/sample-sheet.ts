import { columnBlock, rowBlock } from './block.ts';
import type { Block } from './block.ts';
import { frameFigure } from './figure-frame.ts';
import type { FigureLook } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { countOf, formatCount, formatPercent } from './number-format.ts';
import { layOutPage } from './paper.ts';
import { sampleCell } from './sample-cell.ts';
import { fitText, measureText, setText } from './set-text.ts';
import { layOutSheet, SHEET_WIDTH } from './sheet-layout.ts';
import type { SheetLayout } from './sheet-layout.ts';
import type { SampleSheet, SheetClass } from './sheet.ts';

const HEADING_GAP = 11;
const COUNT_GAP = 10;

/**
 * Sample pictures divided by class: a heading with name and count, then rows of equal cells, each picture in its own
 * aspect.
 * @throws LightboxError `request/invalid` on a sheet without pictures, with too many, or odd columns.
 */
export async function renderSampleSheet(sheet: SampleSheet): Promise<Figure> {
  const page = layOutPage(sheet, SHEET_WIDTH);
  const { look } = page;
  const layout = layOutSheet(sheet, page);
  const total = sheet.classes.reduce((sum, { count }) => sum + count, 0);
  const blocks: Block[] = [];
  for (const one of sheet.classes) blocks.push(await classBlock(one, total, { layout, look }));
  const content = { ...columnBlock(blocks, page.isPaper ? look.gap : look.margin), width: layout.width };
  const subtitle = `${countOf(total, 'sample')} \u00b7 ${countOf(sheet.classes.length, 'class', 'classes')}`;
  return frameFigure(content, { ...sheet, subtitle }, look);
}

interface SheetStyle {
  readonly layout: SheetLayout;
  readonly look: FigureLook;
}

async function classBlock(one: SheetClass, total: number, { layout, look }: SheetStyle): Promise<Block> {
  const heading = headingBlock(one, total, { layout, look });
  if (one.samples.length === 0) {
    const text = setText('No samples', look.quiet, { x: 0, y: look.quiet.size });
    return columnBlock([heading, { width: 0, height: look.quiet.size * 1.4, svg: text }], 0);
  }
  const cells = await Promise.all(one.samples.map((sample) => sampleCell(sample, layout, look)));
  const rows = Array.from({ length: Math.ceil(cells.length / layout.columns) }, (_, row) =>
    rowBlock(cells.slice(row * layout.columns, (row + 1) * layout.columns), layout.gap),
  );
  return columnBlock([heading, columnBlock(rows, layout.gap)], 0);
}

/** `COVID-19   11,956 samples, 35% of 33,920` */
function headingBlock({ label, count }: SheetClass, total: number, { layout, look }: SheetStyle): Block {
  const share = total > 0 ? `, ${formatPercent(count / total)} of ${formatCount(total)}` : '';
  const countText = countOf(count, 'sample') + share;
  const room = layout.width - measureText(countText, look.quiet) - COUNT_GAP;
  const name = fitText(label, look.heading, room);
  const y = look.heading.size;
  const left = measureText(name, look.heading) + COUNT_GAP;
  const svg = setText(name, look.heading, { x: 0, y }) + setText(countText, look.quiet, { x: left, y });
  return { width: layout.width, height: look.heading.size + HEADING_GAP, svg };
}
