import { useEffect, useImperativeHandle, useRef, type JSX, type Ref, type RefObject } from 'react';
import type { StageGeometry } from '../stage-geometry.ts';
import type { Hover } from './use-stage-pointer.ts';

export interface LensHandle {
  readonly moveTo: (at: Hover | undefined) => void;
}

interface LensProps {
  readonly ref: Ref<LensHandle>;
  readonly geometry: StageGeometry;
  /** Everything that lies in it is shown, in its place: canvases of the film. */
  readonly film: RefObject<HTMLDivElement | null>;
  readonly power: number;
}

/** CSS pixels. */
const diameter = 240;

/** A round magnifier at the pointer, turned and mirrored as the picture is. */
export function Lens({ ref, geometry, film, power }: LensProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ geometry, power });
  const place = useRef<Hover>(undefined);
  const moveTo = (at: Hover | undefined): void => {
    const lens = canvas.current;
    place.current = at;
    if (!lens) return;
    lens.hidden = !at;
    if (!at) return;
    lens.style.transform = `translate(${at.stage.x - diameter / 2}px, ${at.stage.y - diameter / 2}px)`;
    drawLens(lens, film.current, { ...latest.current, at });
  };
  useImperativeHandle(ref, () => ({ moveTo }));
  // After each rendering: what lies under the pointer may be another point of the picture now, or look otherwise.
  useEffect(() => {
    latest.current = { geometry, power };
    const at = place.current;
    moveTo(at && { ...at, picture: geometry.toPicture(at.stage) });
  });
  const side = diameter * geometry.deviceScale;
  return <canvas ref={canvas} className="lens" data-testid="lens" hidden width={side} height={side} />;
}

interface Magnified {
  readonly geometry: StageGeometry;
  readonly power: number;
  readonly at: Hover;
}

function drawLens(lens: HTMLCanvasElement, film: HTMLElement | null, { geometry, power, at }: Magnified): void {
  const context = lens.getContext('2d', { alpha: false });
  if (!context || !film) return;
  const [a, b, c, d] = geometry.matrix;
  const scale = power * geometry.deviceScale;
  context.resetTransform();
  context.fillRect(0, 0, lens.width, lens.height);
  context.setTransform(a * scale, b * scale, c * scale, d * scale, lens.width / 2, lens.height / 2);
  context.translate(-at.picture.x, -at.picture.y);
  context.imageSmoothingEnabled = geometry.scale * scale <= 2;
  for (const canvas of film.querySelectorAll<HTMLCanvasElement>(':scope > canvas:not([hidden])')) {
    if (canvas.width > 0)
      context.drawImage(canvas, canvas.offsetLeft, canvas.offsetTop, canvas.offsetWidth, canvas.offsetHeight);
  }
}
