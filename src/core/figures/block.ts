import type { Size } from '#core/imaging/index.ts';
import { element } from './svg-element.ts';

/** A part of a figure: SVG elements drawn from the origin, and the room they take. */
export interface Block extends Size {
  readonly svg: string;
}

/** The elements moved to a place. */
export function placeBlock({ svg }: Block, left: number, top: number): string {
  return svg === '' ? '' : element('g', { transform: `translate(${left} ${top})` }, svg);
}

export function columnBlock(blocks: readonly Block[], gap: number): Block {
  let top = 0;
  const placed = blocks.map((block) => {
    const svg = placeBlock(block, 0, top);
    top += block.height + gap;
    return svg;
  });
  return {
    width: Math.max(0, ...blocks.map(({ width }) => width)),
    height: Math.max(0, top - gap),
    svg: placed.join(''),
  };
}

export function rowBlock(blocks: readonly Block[], gap: number): Block {
  let left = 0;
  const placed = blocks.map((block) => {
    const svg = placeBlock(block, left, 0);
    left += block.width + gap;
    return svg;
  });
  return {
    width: Math.max(0, left - gap),
    height: Math.max(0, ...blocks.map(({ height }) => height)),
    svg: placed.join(''),
  };
}
