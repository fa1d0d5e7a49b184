import { createContext, useContext } from 'react';
import type { Point, StageGeometry } from './stage-geometry.ts';

/** The stage a component stands on. */
export interface Stage {
  readonly geometry: StageGeometry;
  /** Where a pointer is on the picture, in its pixels; may lie outside of it. */
  readonly pointOnPicture: (pointer: PointerPlace) => Point;
}

type PointerPlace = Pick<MouseEvent, 'clientX' | 'clientY'>;

export const StageContext = createContext<Stage | undefined>(undefined);

/**
 * The geometry of the stage around a component: children of `PictureStage` lie in picture coordinates already (an element with
 * `inset: 0` covers the picture, an SVG with its size as view box draws in its pixels) and turn and zoom with it. A child that takes
 * a pointer for itself calls `preventDefault` on `pointerdown`; the stage then leaves the drag to it.
 */
export function useStageGeometry(): Stage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('There is no stage around this component.');
  return stage;
}
