import { useState, type JSX, type PointerEvent } from 'react';
import { useActions } from '../actions/use-actions.ts';
import { useStageGeometry } from '../reading/stage-context.ts';
import type { Point } from '../reading/stage-geometry.ts';
import type { Region } from '../reading/strongest-region.ts';
import { useConceptState } from './concept-state.ts';

/** Covers the picture until a region has been dragged. */
export function RegionPicker(): JSX.Element {
  const { geometry, pointOnPicture } = useStageGeometry();
  const [start, setStart] = useState<Point>();
  const [end, setEnd] = useState<Point>();
  const { change } = useConceptState.getState();
  useActions([
    {
      ...{ id: 'concepts.leave-region', title: 'Drag no region', scope: 'Explain', keys: ['Escape'] },
      run: () => {
        change({ picking: false });
      },
    },
  ]);
  const box = start && end && between(start, end, geometry.picture);
  const onPointerUp = (): void => {
    if (box && box.width > 1 && box.height > 1) change({ region: box, picking: false, place: 0, channel: undefined });
    setStart(undefined);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setStart(pointOnPicture(event));
    setEnd(undefined);
  };
  return (
    <div
      className="region-picker"
      data-testid="region-picker"
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (start) setEnd(pointOnPicture(event));
      }}
      onPointerUp={onPointerUp}
    >
      {box && <div className="asked-region" style={{ ...box, borderWidth: 2 / geometry.scale }} />}
    </div>
  );
}

/** In whole pixels, on the picture. */
function between(one: Point, other: Point, picture: { readonly width: number; readonly height: number }): Region {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const xs = [one.x, other.x].map((x) => clamp(x, picture.width));
  const ys = [one.y, other.y].map((y) => clamp(y, picture.height));
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return { left, top, width: Math.ceil(Math.max(...xs)) - left, height: Math.ceil(Math.max(...ys)) - top };
}
