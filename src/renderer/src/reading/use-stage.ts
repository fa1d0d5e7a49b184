import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Stage } from './stage-context.ts';
import { computeStageGeometry, type Extent, type Look } from './stage-geometry.ts';

interface MeasuredStage extends Stage {
  readonly element: RefObject<HTMLDivElement | null>;
}

/** What was measured last: the next picture's stage is very likely as large, and is right before it is measured. */
let lastSize: Extent = { width: 1, height: 1 };

/** Measures a stage and places the picture on it. */
export function useStage(picture: Extent, look: Look): MeasuredStage {
  const element = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Extent>(lastSize);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return undefined;
    const measure = (): void => {
      const size = { width: Math.max(1, measured.clientWidth), height: Math.max(1, measured.clientHeight) };
      lastSize = size;
      setStage((known) => (known.width === size.width && known.height === size.height ? known : size));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => {
      observer.disconnect();
    };
  }, []);
  const { width, height } = picture;
  return useMemo(() => {
    const deviceScale = window.devicePixelRatio;
    const size = { width: Math.max(1, width), height: Math.max(1, height) };
    const geometry = computeStageGeometry({ picture: size, stage, look, deviceScale });
    return {
      ...{ element, geometry },
      pointOnPicture: ({ clientX, clientY }) => {
        const { left = 0, top = 0 } = element.current?.getBoundingClientRect() ?? {};
        return geometry.toPicture({ x: clientX - left, y: clientY - top });
      },
    };
  }, [width, height, stage, look]);
}
