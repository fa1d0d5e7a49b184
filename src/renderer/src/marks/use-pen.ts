import type { MouseEvent, PointerEvent, RefObject } from 'react';
import { begin, closePolygon } from './drawing-tools.ts';
import type { MarkedPicture } from './edit-marks.ts';
import { atRest, useMarkScope, type Touch } from './mark-scope.ts';
import { toPicture } from './use-plane.ts';
import { useReader } from './use-reader.ts';

type SvgEvent = PointerEvent<SVGSVGElement> | MouseEvent<SVGSVGElement>;

interface Pen {
  onPointerDown(event: PointerEvent<SVGSVGElement>): void;
  onPointerMove(event: PointerEvent<SVGSVGElement>): void;
  onPointerUp(event: PointerEvent<SVGSVGElement>): void;
  onPointerCancel(event: PointerEvent<SVGSVGElement>): void;
  onPointerLeave(): void;
  onDoubleClick(event: MouseEvent<SVGSVGElement>): void;
}

/** The pointer over a picture that is being marked. What the tool takes does not move the picture as well. */
export function usePen(
  svg: RefObject<SVGSVGElement | null>,
  { sample, pixel }: { readonly sample: MarkedPicture; readonly pixel: number },
): Pen {
  const { name } = useReader().reader;
  const desk = { picture: sample, author: name };
  const scope = useMarkScope.getState;
  const touch = ({ clientX, clientY, shiftKey }: SvgEvent): Touch => ({
    point: svg.current ? toPicture(svg.current, [clientX, clientY]) : [0, 0],
    ...{ pixel, isShifted: shiftKey },
  });
  return {
    onPointerDown: (event) => {
      if (event.button !== 0 || event.ctrlKey) return;
      const drag = begin[scope().tool](desk, touch(event));
      scope().change({ drag });
      if (!drag) return;
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
    onPointerMove: (event) => {
      const at = touch(event);
      scope().change({ pointer: at.point });
      if (event.currentTarget.hasPointerCapture(event.pointerId)) event.stopPropagation();
      scope().drag?.move(at);
    },
    onPointerUp: (event) => {
      const { drag, change } = scope();
      change({ drag: undefined });
      drag?.end();
      if (drag) event.stopPropagation();
    },
    onPointerCancel: () => {
      scope().change(atRest);
    },
    onPointerLeave: () => {
      scope().change({ pointer: undefined });
    },
    onDoubleClick: (event) => {
      if (scope().tool !== 'polygon') return;
      event.stopPropagation();
      if (scope().vertices.length > 0) closePolygon(desk);
    },
  };
}
