import { unescapeXml } from './svg-element.ts';
import { capitalHeight, descent, measureText } from './set-text.ts';

// Reads figures back for tests: only what our own SVG uses.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ReadText extends Box {
  readonly text: string;
  readonly size: number;
  /** Degrees. */
  readonly turn: number;
}

export interface ReadShape extends Box {
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReadFigure {
  readonly texts: readonly ReadText[];
  readonly rects: readonly ReadShape[];
  readonly images: readonly ReadShape[];
  readonly paths: readonly Readonly<Record<string, string>>[];
}

interface Origin {
  readonly x: number;
  readonly y: number;
}

/** Every drawn thing with its place in the figure. */
export function readSvg(svg: string): ReadFigure {
  const figure = { texts: [] as ReadText[], rects: [] as ReadShape[], images: [] as ReadShape[] };
  const paths: Record<string, string>[] = [];
  const origins: Origin[] = [{ x: 0, y: 0 }];
  for (const [, tag = '', written = '', content = ''] of svg.matchAll(/<(\/?\w+)([^<>]*)>([^<]*)/g)) {
    const attributes = readAttributes(written);
    const origin = origins.at(-1) ?? { x: 0, y: 0 };
    const readers: Readonly<Record<string, () => unknown>> = {
      g: () => origins.push(moveOrigin(origin, attributes)),
      '/g': () => origins.pop(),
      text: () => figure.texts.push(readText(attributes, content, origin)),
      rect: () => figure.rects.push(readShape(attributes, origin)),
      image: () => figure.images.push(readShape(attributes, origin)),
      path: () => paths.push(attributes),
    };
    readers[tag]?.();
  }
  return { ...figure, paths };
}

function readAttributes(written: string): Record<string, string> {
  return Object.fromEntries(
    [...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescapeXml(value)]),
  );
}

export { unescapeXml as unescape };

function moveOrigin({ x, y }: Origin, { transform = '' }: Record<string, string>): Origin {
  const [, right = '0', down = '0'] = /^translate\((\S+) (\S+)\)$/.exec(transform) ?? [];
  return { x: x + Number(right), y: y + Number(down) };
}

function readShape(attributes: Record<string, string>, { x, y }: Origin): ReadShape {
  const [left, top] = [x + Number(attributes['x'] ?? 0), y + Number(attributes['y'] ?? 0)];
  const [width, height] = [Number(attributes['width']), Number(attributes['height'])];
  return { left, top, right: left + width, bottom: top + height, attributes };
}

const anchors: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };

function readText(attributes: Record<string, string>, content: string, origin: Origin): ReadText {
  const text = unescapeXml(content);
  const size = Number(attributes['font-size']);
  const width = measureText(text, { size, weight: attributes['font-weight'] === 'bold' ? 'bold' : 'normal' });
  const from = -width * (anchors[attributes['text-anchor'] ?? 'start'] ?? 0);
  const turn = Number(/^rotate\((\S+) /.exec(attributes['transform'] ?? '')?.[1] ?? 0);
  const [x, y] = [origin.x + Number(attributes['x']), origin.y + Number(attributes['y'])];
  const corners = [from, from + width].flatMap((along) =>
    [-size * capitalHeight, size * descent].map((down) => turnPoint(along, down, turn)),
  );
  return {
    ...{ text, size, turn },
    left: x + Math.min(...corners.map((corner) => corner.x)),
    right: x + Math.max(...corners.map((corner) => corner.x)),
    top: y + Math.min(...corners.map((corner) => corner.y)),
    bottom: y + Math.max(...corners.map((corner) => corner.y)),
  };
}

function turnPoint(x: number, y: number, degrees: number): Origin {
  const angle = (degrees * Math.PI) / 180;
  return { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) };
}

/** Boxes that share more than a sliver. */
export const overlaps = (a: Box, b: Box): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;

export const isInside = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
