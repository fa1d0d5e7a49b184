import { useEffect, useRef, type JSX } from 'react';
import { drawThumbnailMap } from '../gallery/draw-thumbnail-map.ts';

/** A pooled map, row by row, each cell a square. */
export function MeanMap({ mean, label }: { readonly mean: readonly number[]; readonly label: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const side = Math.round(Math.sqrt(mean.length));
    if (canvas.current)
      drawThumbnailMap(canvas.current, { width: side, height: side, values: Float32Array.from(mean) }, false);
  }, [mean]);
  return <canvas ref={canvas} className="mean-map" role="img" aria-label={label} />;
}
