import { useEffect, useRef, type JSX, type RefObject } from 'react';
import { useView } from '../view-state.ts';
import type { StageGeometry } from '../stage-geometry.ts';
import { findVisible } from '../stage-geometry.ts';
import type { Film } from './load-picture.ts';
import { chooseLevel, paint } from './paint-film.ts';
import { useWindow } from './window-state.ts';

interface FilmCanvasProps {
  readonly film: Film;
  readonly geometry: StageGeometry;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** How much closer than the stage it may be looked at (through the magnifier). */
  readonly closer: number;
}

/** After so long without a change the part of a film that is off the stage is shown as the rest. */
const restMs = 150;

/** The film through its window. A change of the window repaints what is seen of it at once, the rest when there is time. */
export function FilmCanvas({ film, geometry, canvas, closer }: FilmCanvasProps): JSX.Element {
  const halvings = chooseLevel(film.picture, geometry.scale * geometry.deviceScale * closer);
  const place = useRef(geometry);
  useEffect(() => {
    place.current = geometry;
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    let [frame, rest] = [0, 0];
    const all = (): void => {
      paint(element, { film, halvings }, undefined);
    };
    const seen = (): void => {
      paint(element, { film, halvings }, findVisible(place.current));
    };
    const changed = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      frame = requestAnimationFrame(seen);
      rest = window.setTimeout(all, restMs);
    };
    all();
    const leave = [
      useWindow.subscribe(changed),
      useView.subscribe((now, before) => {
        if (now.inverted !== before.inverted) changed();
      }),
    ];
    return () => {
      leave.forEach((stop) => {
        stop();
      });
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    };
  }, [film, halvings, canvas]);
  return <canvas ref={canvas} data-testid="picture" role="img" aria-label="the picture" />;
}
