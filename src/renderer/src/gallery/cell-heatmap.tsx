import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type JSX } from 'react';
import type { ListedSample } from '#shared/contract/samples.ts';
import { loadMap } from '../reading/load-map.ts';
import { drawThumbnailMap } from './draw-thumbnail-map.ts';

interface CellHeatmapProps {
  readonly sample: Pick<ListedSample, 'width' | 'height'>;
  readonly attribution: Pick<NonNullable<ListedSample['attribution']>, 'arraySha256' | 'region' | 'turned'>;
}

/** The heatmap over a thumbnail, where the model looked; loaded for what is on the screen alone. */
export function CellHeatmap({ sample, attribution }: CellHeatmapProps): JSX.Element {
  const { width = 1, height = 1 } = sample;
  const { arraySha256, region, turned = false } = attribution;
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useQuery({
    queryKey: ['map', arraySha256],
    queryFn: ({ signal }) => loadMap(arraySha256, signal),
    ...{ staleTime: Infinity, gcTime: 60_000 },
  });
  useEffect(() => {
    if (canvas.current && map.data) drawThumbnailMap(canvas.current, map.data, turned);
  }, [map.data, turned]);
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return (
    <span
      className="cell-map"
      style={{ aspectRatio: `${width} / ${height}`, ...(width < height ? { height: '100%' } : { width: '100%' }) }}
    >
      <canvas
        ref={canvas}
        hidden={!map.data}
        style={{
          left: share(region.left, width),
          top: share(region.top, height),
          width: share(region.width, width),
          height: share(region.height, height),
        }}
      />
    </span>
  );
}
