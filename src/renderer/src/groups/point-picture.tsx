import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { PointView } from '#shared/contract/groups.ts';
import { CellHeatmap } from '../gallery/cell-heatmap.tsx';

interface PointPictureProps {
  readonly point: PointView;
  readonly alt: string;
}

/** A picture with its map over the part that the model saw. */
export function PointPicture({ point, alt }: PointPictureProps): JSX.Element {
  return (
    <span className="point-picture">
      <img src={dataAddress.thumbnail(point.contentSha256)} alt={alt} draggable={false} />
      <CellHeatmap sample={point} attribution={point} />
    </span>
  );
}
