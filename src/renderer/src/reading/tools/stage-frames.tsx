import type { JSX } from 'react';
import { useStageGeometry } from '../stage-context.ts';
import type { Region } from '../strongest-region.ts';

interface StageFramesProps {
  /** The part of the picture the model saw. */
  readonly crop: Region | undefined;
  /** Around the strongest region of the map. */
  readonly strongest: Region | undefined;
  /** Being drawn. */
  readonly box: Region | undefined;
}

/** Thin frames over the picture, of the same width at every zoom. */
export function StageFrames(frames: StageFramesProps): JSX.Element {
  const { picture, scale } = useStageGeometry().geometry;
  return (
    <svg className="frames" viewBox={`0 0 ${picture.width} ${picture.height}`} strokeWidth={1.25 / scale} aria-hidden>
      {(['crop', 'strongest', 'box'] as const).map((name) => {
        const { left, top, width, height } = frames[name] ?? {};
        if (left === undefined || top === undefined) return undefined;
        const dashes = name === 'strongest' ? undefined : `${5 / scale} ${4 / scale}`;
        return (
          <rect
            key={name}
            className={name}
            data-testid={`frame-${name}`}
            x={left}
            y={top}
            {...{ width, height }}
            strokeDasharray={dashes}
          />
        );
      })}
    </svg>
  );
}
