import { useEffect, useRef, type JSX } from 'react';
import type { Region } from '../strongest-region.ts';
import { colorOverlay, type Coloring } from './color-overlay.ts';
import type { Overlay } from './use-coloring.ts';

interface OverlayCanvasProps {
  readonly overlay: Overlay | undefined;
  readonly coloring: Coloring;
  /** The part of the picture the map explains. */
  readonly region: Region | undefined;
  readonly isShown: boolean;
}

/** Maps of fewer pixels a side look broken as they are; larger ones would hide what they are made of if they were smoothed. */
const coarse = 64;

/** A heatmap in colors, where the model looked. */
export function OverlayCanvas({ overlay, coloring, region, isShown }: OverlayCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || !overlay || !isShown) return;
    const { width, height, values } = overlay;
    canvas.current.width = width;
    canvas.current.height = height;
    canvas.current.getContext('2d')?.putImageData(new ImageData(colorOverlay(values, coloring), width, height), 0, 0);
  }, [overlay, coloring, isShown]);
  const { sampling } = coloring.look;
  const isSmooth =
    sampling === 'smooth' || (sampling === 'automatic' && Math.max(overlay?.width ?? 0, overlay?.height ?? 0) < coarse);
  return (
    <canvas
      ref={canvas}
      data-testid="overlay"
      hidden={!isShown || !overlay}
      style={{ ...region, imageRendering: isSmooth ? 'auto' : 'pixelated' }}
    />
  );
}
