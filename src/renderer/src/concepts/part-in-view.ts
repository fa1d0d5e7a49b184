import type { StageGeometry } from '../reading/stage-geometry.ts';
import type { Region } from '../reading/strongest-region.ts';

/** The part of a picture that is on its stage, in whole pixels of the picture. */
export function findPartInView({ picture, stage, toPicture }: StageGeometry): Region {
  const corners = [toPicture({ x: 0, y: 0 }), toPicture({ x: stage.width, y: stage.height })];
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const xs = corners.map(({ x }) => clamp(x, picture.width));
  const ys = corners.map(({ y }) => clamp(y, picture.height));
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return { left, top, width: Math.ceil(Math.max(...xs)) - left, height: Math.ceil(Math.max(...ys)) - top };
}
