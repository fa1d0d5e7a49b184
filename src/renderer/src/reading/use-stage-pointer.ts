import { useEffect, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import type { Stage } from './stage-context.ts';
import { computeZoom, panBy, zoomAt, type Look } from './stage-geometry.ts';
import { clampZoom } from './view-state.ts';

interface StagePointer {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly stage: Stage;
  readonly changeLook: (look: Look) => void;
}

type Handlers = Record<'onPointerMove', (event: ReactPointerEvent) => void>;

/** Wheel zooms at the pointer; dragging moves. */
export function useStagePointer({ element, stage, changeLook }: StagePointer): Handlers {
  const latest = useRef({ stage, changeLook });
  useEffect(() => {
    latest.current = { stage, changeLook };
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { geometry } = latest.current.stage;
      const { left, top } = target.getBoundingClientRect();
      const zoom = clampZoom(computeZoom(geometry) * Math.exp(-event.deltaY / 500));
      latest.current.changeLook(zoomAt(geometry, zoom, { x: event.clientX - left, y: event.clientY - top }));
    };
    // React listens to wheels passively, which would let the browser zoom the page on Ctrl+wheel.
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      target.removeEventListener('wheel', onWheel);
    };
  }, [element]);
  return {
    onPointerMove: (event) => {
      if (event.defaultPrevented || (event.buttons & 5) === 0) return;
      changeLook(panBy(stage.geometry, { x: event.movementX, y: event.movementY }));
    },
  };
}
