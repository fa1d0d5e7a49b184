/** A straight piece of a stroke: from (x1, y1) to (x2, y2). */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

type Position = readonly [x: number, y: number];

const DEGREES_PER_STEP = 12;
const known = new Map<string, readonly Segment[]>();

/** The strokes of a glyph (see glyphs.ts) as straight pieces. */
export function readStrokes(strokes: string): readonly Segment[] {
  const before = known.get(strokes);
  if (before) return before;
  const segments = strokes.split(';').flatMap((stroke) => join(readStroke(stroke.trim())));
  known.set(strokes, segments);
  return segments;
}

const readStroke = (stroke: string): Position[] =>
  stroke.split(' ').flatMap((part) => {
    if (part === '') return [];
    if (part.startsWith('@')) return readArc(part.slice(1).split(',').map(Number));
    const [x = 0, y = 0] = part.split(',').map(Number);
    return [[x, y] as const];
  });

function readArc([
  centerX = 0,
  centerY = 0,
  radiusX = 0,
  radiusY = 0,
  from = 0,
  to = 0,
]: readonly number[]): Position[] {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) / DEGREES_PER_STEP));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [centerX + radiusX * Math.cos(angle), centerY + radiusY * Math.sin(angle)];
  });
}

const join = (points: readonly Position[]): Segment[] =>
  points.slice(1).map(([x, y], at) => [points[at]?.[0] ?? x, points[at]?.[1] ?? y, x, y]);
