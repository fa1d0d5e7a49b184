import { useEffect, useRef, type JSX } from 'react';
import { formatRelevance } from '#shared/format-relevance.ts';
import { relevanceWords, type RelevanceEffect } from '#shared/relevance-words.ts';
import { colorOverlay, findEnds, type Coloring } from './color-overlay.ts';

interface ColorBarProps {
  readonly coloring: Coloring;
  readonly effect: RelevanceEffect;
  /** The explained class; undefined where it is not known which sign speaks for it. */
  readonly label: string | undefined;
}

const steps = 256;

const scales = {
  picture: 'scaled to this map',
  case: 'scaled to all maps shown of this picture',
  fixed: 'fixed scale',
} as const;

/** What the colors of a heatmap stand for, in numbers and words; drawn by the same rule as the map, over black. */
export function ColorBar({ coloring, effect, label }: ColorBarProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [low, high] = findEnds(coloring);
  useEffect(() => {
    const ramp = Float32Array.from({ length: steps }, (_, step) => low + ((high - low) * step) / (steps - 1));
    const image = new ImageData(colorOverlay(ramp, coloring), steps, 1);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [coloring, low, high]);
  const words = relevanceWords[effect];
  return (
    <figure className="color-bar" data-testid="color-bar">
      <canvas ref={canvas} width={steps} height={1} aria-hidden />
      <div className="color-bar-row">
        <span>{formatRelevance(low)}</span>
        {low < 0 && <span>0</span>}
        <span>{formatRelevance(high)}</span>
      </div>
      {label !== undefined && (
        <div className="color-bar-row">
          <span>{low < 0 ? words.below : words.zero}</span>
          <span>
            {words.above} {label}
          </span>
        </div>
      )}
      <figcaption>{scales[coloring.look.range]}</figcaption>
    </figure>
  );
}
