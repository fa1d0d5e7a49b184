import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import type { Film } from '../film/load-picture.ts';
import { changeActiveLook, cut, fade } from '../overlay/overlay-look.ts';
import type { Stage } from '../stage-context.ts';
import { computeZoom, panBy, zoomAt, type Look, type Point } from '../stage-geometry.ts';
import type { Region } from '../strongest-region.ts';
import { clampZoom, type Tool } from '../view-state.ts';
import { dragWindow, windowFromBox } from './drag-window.ts';

interface StagePointer {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly stage: Stage;
  readonly film: Film | undefined;
  readonly tool: Tool;
  readonly changeLook: (look: Look) => void;
  /** Called where the pointer goes, without any rendering; undefined when it leaves. */
  readonly onHover: (at: Hover | undefined) => void;
}

export interface Hover {
  readonly picture: Point;
  readonly stage: Point;
}

type Grip = 'box' | Exclude<Tool, 'lens'>;

interface Drag {
  readonly grip: Grip;
  readonly start: Hover;
  readonly last: Point;
}

type PointerHandler = (event: ReactPointerEvent) => void;

interface Handlers {
  readonly onPointerDown: PointerHandler;
  readonly onPointerMove: PointerHandler;
  readonly onPointerUp: PointerHandler;
  readonly onPointerCancel: PointerHandler;
  readonly onPointerLeave: PointerHandler;
}

const buttons = { main: 0, middle: 1, right: 2 } as const;

/** Wheel zooms at the pointer; dragging does what the tool says. Gives the box that is being drawn on the picture, if any. */
export function useStagePointer(pointer: StagePointer): {
  readonly handlers: Handlers;
  readonly box: Region | undefined;
} {
  const drag = useRef<Drag>(undefined);
  const [box, setBox] = useState<Region>();
  useStageWheel(pointer);
  const end = (): void => {
    if (drag.current?.grip === 'box' && box && pointer.film) windowFromBox(pointer.film, box);
    drag.current = undefined;
    setBox(undefined);
  };
  const handlers: Handlers = {
    onPointerDown: (event) => {
      const grip = event.defaultPrevented ? undefined : findGrip(event, pointer.tool);
      if (!grip) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const start = locate(pointer, event);
      drag.current = { grip, start, last: start.stage };
    },
    onPointerMove: (event) => {
      const at = locate(pointer, event);
      pointer.onHover(at);
      const { current } = drag;
      if (!current) return;
      const by = { x: at.stage.x - current.last.x, y: at.stage.y - current.last.y };
      drag.current = { ...current, last: at.stage };
      if (current.grip === 'box') setBox(spanBox(current.start.picture, at.picture));
      else grips[current.grip](pointer, by, current.start.stage);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => {
      pointer.onHover(undefined);
    },
  };
  return { handlers, box };
}

const grips: Readonly<Record<Exclude<Grip, 'box'>, (pointer: StagePointer, by: Point, start: Point) => void>> = {
  window: ({ film }, by) => {
    if (film) dragWindow(film, by);
  },
  pan: ({ stage, changeLook }, by) => {
    changeLook(panBy(stage.geometry, by));
  },
  zoom: ({ stage, changeLook }, by, start) => {
    const zoom = clampZoom(computeZoom(stage.geometry) * Math.exp(-by.y / 200));
    changeLook(zoomAt(stage.geometry, zoom, start));
  },
};

function findGrip({ button, ctrlKey, metaKey }: ReactPointerEvent, tool: Tool): Grip | undefined {
  if (button === buttons.middle) return 'pan';
  if (button === buttons.right) return 'zoom';
  if (button !== buttons.main) return undefined;
  if (ctrlKey || metaKey) return 'box';
  return tool === 'lens' ? 'pan' : tool;
}

function locate({ element, stage }: StagePointer, event: Pick<MouseEvent, 'clientX' | 'clientY'>): Hover {
  const { left = 0, top = 0 } = element.current?.getBoundingClientRect() ?? {};
  return { picture: stage.pointOnPicture(event), stage: { x: event.clientX - left, y: event.clientY - top } };
}

const spanBox = (one: Point, other: Point): Region => ({
  ...{ left: Math.min(one.x, other.x), top: Math.min(one.y, other.y) },
  ...{ width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) },
});

/** A notch of the wheel changes opacity and threshold by as much as a key does. */
const notch = { opacity: 0.1, threshold: 0.05 } as const;

function useStageWheel(pointer: StagePointer): void {
  const { element } = pointer;
  const latest = useRef(pointer);
  useEffect(() => {
    latest.current = pointer;
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      // With Shift some systems turn the wheel sideways.
      const turned = event.deltaY || event.deltaX;
      const direction = -Math.sign(turned);
      if (event.shiftKey) changeActiveLook(fade(direction * notch.opacity));
      else if (event.altKey) changeActiveLook(cut(direction * notch.threshold));
      else zoomByWheel(latest.current, event, turned);
    };
    const noMenu = (event: Event): void => {
      event.preventDefault();
    };
    // React listens to wheels passively, which would let the browser zoom the page on Ctrl+wheel.
    target.addEventListener('wheel', onWheel, { passive: false });
    target.addEventListener('contextmenu', noMenu);
    return () => {
      target.removeEventListener('wheel', onWheel);
      target.removeEventListener('contextmenu', noMenu);
    };
  }, [element]);
}

function zoomByWheel(pointer: StagePointer, event: WheelEvent, turned: number): void {
  const { geometry } = pointer.stage;
  const zoom = clampZoom(computeZoom(geometry) * Math.exp(-turned / 500));
  pointer.changeLook(zoomAt(geometry, zoom, locate(pointer, event).stage));
}
