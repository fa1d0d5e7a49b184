import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Point } from '#shared/marks/mark-shape.ts';

/** How the picture's pixels lie on the screen. Whatever turns, flips or enlarges the film is in it. */
export interface Plane {
  /** Pixels of the picture under one pixel of the screen. */
  readonly pixel: number;
  /** As the transform of something drawn at a point of the picture: upright, unflipped, in pixels of the screen. */
  readonly upright: string;
  /** Where the picture's right and down lie on the screen. */
  readonly right: Point;
  readonly down: Point;
}

/** Where a point of the screen lies on the picture. */
export function toPicture(svg: SVGSVGElement, [x, y]: Point): Point {
  const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()?.inverse());
  return [point.x, point.y];
}

function measure(svg: SVGSVGElement): Plane {
  // An element that is not shown has no place on the screen.
  const screen: Pick<DOMMatrix, 'a' | 'b' | 'c' | 'd' | 'inverse'> = svg.getScreenCTM() ?? new DOMMatrix();
  const { a, b, c, d } = screen.inverse();
  return {
    ...{ pixel: Math.sqrt(Math.abs(a * d - b * c)), upright: [a, b, c, d].join(' ') },
    ...{ right: [screen.a, screen.b], down: [screen.c, screen.d] },
  };
}

/** Measured anew whenever the film is moved or changes its size. */
export function usePlane(svg: RefObject<SVGSVGElement | null>): Plane {
  const [plane, setPlane] = useState<Plane>({ pixel: 1, upright: '1 0 0 1', right: [1, 0], down: [0, 1] });
  useLayoutEffect(() => {
    const own = svg.current;
    if (!own?.parentElement) return undefined;
    const update = (): void => {
      const next = measure(own);
      setPlane((known) => (known.pixel === next.pixel && known.upright === next.upright ? known : next));
    };
    update();
    const sizes = new ResizeObserver(update);
    sizes.observe(own);
    const styles = new MutationObserver(update);
    styles.observe(own.parentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    return () => {
      sizes.disconnect();
      styles.disconnect();
    };
  }, [svg]);
  return plane;
}
