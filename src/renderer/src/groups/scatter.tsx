import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, type JSX, type PointerEvent } from 'react';
import type { GroupingView } from '#shared/contract/groups.ts';
import { useGroups } from './group-state.ts';
import { findNearest, listWithin, type Place } from './lasso.ts';
import { colorPoints } from './point-colors.ts';
import { drawPointer, drawPoints, MARGIN, prepare, radiusOf, toPlane, type ScatterSize } from './scatter-drawing.ts';
import { groupWords } from './words.ts';

/** Pixels from a map within which the pointer is on it. */
const REACH = 12;
/** A line shorter than this is a click. */
const SHORTEST_LINE = 6;

/** The maps in the plane: hover shows one, a click chooses it, a line drawn round some chooses them. */
export function Scatter({ view }: { readonly view: GroupingView }): JSX.Element {
  const { ref, width, height } = useElementSize();
  const size = useMemo(() => ({ width, height }), [width, height]);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const { color, chosen, hovered } = useGroups();
  const { colorOf } = useMemo(() => colorPoints(view, color), [view, color]);
  useEffect(() => {
    const context = base.current && width > 0 ? prepare(base.current, size) : null;
    if (context) drawPoints(context, size, { points: view.points, colorOf, chosen });
  }, [view, colorOf, chosen, size, width]);
  const redraw = useRef<(line: readonly Place[]) => void>(() => undefined);
  useEffect(() => {
    redraw.current = (line) => {
      const context = over.current && width > 0 ? prepare(over.current, size) : null;
      const point = view.points.find(({ id }) => id === hovered);
      const ring: Place | undefined = point && [point.x, point.y];
      if (context) drawPointer(context, size, { line, ring, radius: radiusOf(view.points.length) });
    };
    redraw.current([]);
  }, [view, hovered, size, width]);
  const hand = useHand(view, size, redraw);
  return (
    <div className="scatter" ref={ref} role="img" aria-label={groupWords.plot} data-testid="scatter">
      <canvas ref={base} />
      <canvas ref={over} {...hand} />
    </div>
  );
}

interface Hand {
  readonly onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => void;
  readonly onPointerLeave: () => void;
}

/** What the mouse does. The line lives outside of React: it changes with every move. */
function useHand(
  { points }: GroupingView,
  size: ScatterSize,
  redraw: { readonly current: (line: readonly Place[]) => void },
): Hand {
  const line = useRef<Place[] | undefined>(undefined);
  const placeOf = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent): Place => toPlane([offsetX, offsetY], size);
  const nearest = (event: PointerEvent): number | undefined => {
    const reach = [REACH / (size.width - 2 * MARGIN), REACH / (size.height - 2 * MARGIN)] as const;
    return findNearest(points, placeOf(event), reach)?.id;
  };
  return {
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      line.current = [placeOf(event)];
    },
    onPointerMove: (event) => {
      if (!line.current) {
        useGroups.getState().hover(nearest(event));
        return;
      }
      line.current.push(placeOf(event));
      redraw.current(line.current);
    },
    onPointerUp: (event) => {
      const drawn = line.current ?? [];
      line.current = undefined;
      redraw.current([]);
      const one = nearest(event);
      const isAdded = event.shiftKey || event.ctrlKey;
      const ids = drawn.length < SHORTEST_LINE ? (one === undefined ? [] : [one]) : listWithin(points, drawn);
      useGroups.getState().choose(ids, isAdded);
    },
    onPointerLeave: () => {
      useGroups.getState().hover(undefined);
    },
  };
}
