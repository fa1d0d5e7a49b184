import type { PointView } from '#shared/contract/groups.ts';
import type { Place } from './lasso.ts';

/** Room round the maps, in pixels of the page. */
export const MARGIN = 14;

export interface ScatterSize {
  /** In pixels of the page. */
  readonly width: number;
  readonly height: number;
}

/** From the plane of the plot to the page, y upwards. */
export const toPage = ([x, y]: Place, { width, height }: ScatterSize): Place => [
  MARGIN + x * (width - 2 * MARGIN),
  height - MARGIN - y * (height - 2 * MARGIN),
];

export const toPlane = ([left, top]: Place, { width, height }: ScatterSize): Place => [
  (left - MARGIN) / (width - 2 * MARGIN),
  (height - MARGIN - top) / (height - 2 * MARGIN),
];

/** Pixels of the page; smaller where there are many. */
export const radiusOf = (count: number): number => (count > 2000 ? 2.5 : count > 400 ? 3.5 : 5);

/** A canvas as sharp as the screen. */
export function prepare(canvas: HTMLCanvasElement, { width, height }: ScatterSize): CanvasRenderingContext2D | null {
  const scale = window.devicePixelRatio;
  const [columns, rows] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

export interface ScatterContent {
  readonly points: readonly PointView[];
  readonly colorOf: (point: PointView) => string;
  readonly chosen: ReadonlySet<number>;
}

/** All maps: those of a color in one path, so that thousands are drawn within a frame. What is not chosen steps back. */
export function drawPoints(context: CanvasRenderingContext2D, size: ScatterSize, content: ScatterContent): void {
  const { points, colorOf, chosen } = content;
  const radius = radiusOf(points.length);
  const isChosen = ({ id }: PointView): boolean => chosen.size === 0 || chosen.has(id);
  for (const [key, own] of Map.groupBy(points, (point) => `${isChosen(point) ? 1 : 0}${colorOf(point)}`).entries()) {
    context.globalAlpha = key.startsWith('1') ? 0.95 : 0.3;
    context.fillStyle = key.slice(1);
    context.beginPath();
    for (const { x, y } of own) {
      const [left, top] = toPage([x, y], size);
      context.moveTo(left + radius, top);
      context.arc(left, top, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.globalAlpha = 1;
}

/** What moves with the pointer: the line being drawn, and a ring round the map under it. */
export function drawPointer(
  context: CanvasRenderingContext2D,
  size: ScatterSize,
  {
    line,
    ring,
    radius,
  }: { readonly line: readonly Place[]; readonly ring: Place | undefined; readonly radius: number },
): void {
  const style = getComputedStyle(document.documentElement);
  context.strokeStyle = style.getPropertyValue('--ink-strong');
  context.lineWidth = 1.5;
  if (ring) {
    const [left, top] = toPage(ring, size);
    context.beginPath();
    context.arc(left, top, radius + 3, 0, 2 * Math.PI);
    context.stroke();
  }
  if (line.length < 2) return;
  context.beginPath();
  line.forEach((place, at) => {
    const [left, top] = toPage(place, size);
    if (at === 0) context.moveTo(left, top);
    else context.lineTo(left, top);
  });
  context.closePath();
  context.fillStyle = style.getPropertyValue('--accent');
  context.globalAlpha = 0.12;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = style.getPropertyValue('--accent');
  context.stroke();
}
