import { useRef, type RefObject } from 'react';
import type { Film } from '../film/load-picture.ts';
import { surveyMap } from '../overlay/color-overlay.ts';
import type { Overlay } from '../overlay/use-coloring.ts';
import type { StageOverlay } from '../overlay/use-stage-overlay.ts';
import type { LensHandle } from './lens.tsx';
import { describePoint } from './probe-text.ts';
import type { LineHandle } from './stage-notes.tsx';
import type { Hover } from './use-stage-pointer.ts';

interface Hovering {
  readonly probe: RefObject<LineHandle | null>;
  readonly lens: RefObject<LensHandle | null>;
  readonly onHover: (at: Hover | undefined) => void;
}

/** What follows the pointer: the probe's line and the magnifier. Nothing is rendered while it moves. */
export function useHover(film: Film | undefined, { overlay, region }: StageOverlay): Hovering {
  const probe = useRef<LineHandle>(null);
  const lens = useRef<LensHandle>(null);
  const onHover = (at: Hover | undefined): void => {
    lens.current?.moveTo(at);
    const probed = film && { film, overlay, region, magnitude: surveyOnce(overlay) };
    probe.current?.write(at && probed && describePoint(at.picture, probed));
  };
  return { probe, lens, onHover };
}

const magnitudes = new WeakMap<Float32Array, number>();

function surveyOnce(overlay: Overlay | undefined): number {
  if (!overlay) return 0;
  const known = magnitudes.get(overlay.values) ?? surveyMap(overlay.values).magnitude;
  magnitudes.set(overlay.values, known);
  return known;
}
