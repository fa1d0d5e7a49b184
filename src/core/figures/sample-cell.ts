import { writeDisplayPng } from '#core/imaging/index.ts';
import type { Size } from '#core/imaging/index.ts';
import type { Block } from './block.ts';
import type { FigureLook } from './figure-look.ts';
import { fitText, setText } from './set-text.ts';
import type { SheetLayout } from './sheet-layout.ts';
import type { SheetSample } from './sheet.ts';
import { element } from './svg-element.ts';

/** Pixels kept of a picture for each pixel of its cell, so that enlarged figures stay sharp. */
const KEPT_SCALE = 2;
const CAPTION_GAP = 2;

/** A picture in its own aspect in the middle of its cell, with its caption below. */
export async function sampleCell(sample: SheetSample, layout: SheetLayout, look: FigureLook): Promise<Block> {
  const { picture, caption } = sample;
  const { cell, hasCaptions } = layout;
  const { width, height } = fitInto(picture, cell);
  const [left, top] = [(cell.width - width) / 2, (cell.height - height) / 2];
  const png = await writeDisplayPng(picture, {
    width: Math.round(cell.width * KEPT_SCALE),
    height: Math.round(cell.height * KEPT_SCALE),
  });
  const place = { x: left, y: top, width, height };
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const parts = [
    element('image', { ...place, preserveAspectRatio: 'none', href }),
    // The frame lies outside the picture.
    element('rect', {
      x: left - 0.5,
      y: top - 0.5,
      width: width + 1,
      height: height + 1,
      fill: 'none',
      stroke: look.hairline,
    }),
  ];
  if (caption !== undefined) {
    const text = fitText(caption, look.quiet, cell.width);
    parts.push(
      setText(text, look.quiet, {
        x: cell.width / 2,
        y: cell.height + look.quiet.size + CAPTION_GAP,
        anchor: 'middle',
      }),
    );
  }
  return {
    width: cell.width,
    height: cell.height + (hasCaptions ? look.quiet.size + 3 * CAPTION_GAP : 0),
    svg: parts.join(''),
  };
}

function fitInto({ width, height }: Size, cell: Size): Size {
  const scale = Math.min(cell.width / width, cell.height / height);
  return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) };
}
