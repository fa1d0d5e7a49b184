import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { useMap } from '../explain/use-explanation.ts';
import { useFilm } from './film/load-picture.ts';
import { chooseLevel } from './film/paint-film.ts';

interface PictureAheadProps {
  readonly next: number | undefined;
  readonly explaining: Explaining | undefined;
}

/**
 * What the next picture needs is at hand before it is asked for: its film at the size of the screen, its results, its heatmap. Shows nothing, and is no part of
 * the view so that what comes for the next picture does not render the one that is looked at.
 */
export function PictureAhead({ next, explaining }: PictureAheadProps): null {
  const { data: film } = useFilm(next);
  useQuery(api.samples.view.queryOptions({ input: next === undefined ? skipToken : { id: next } }));
  const model = explaining?.subject.model.id;
  const asked = next === undefined || model === undefined ? skipToken : { sample: next, model };
  const known = useQuery(api.explain.known.queryOptions({ input: asked })).data;
  useMap(known?.attributions.findLast(({ composite }) => composite === explaining?.composite)?.arraySha256);
  useEffect(() => {
    if (!film) return undefined;
    const { picture } = film;
    const fit = Math.min(window.innerWidth / picture.width, window.innerHeight / picture.height);
    const halvings = chooseLevel(picture, fit * window.devicePixelRatio);
    const idle = requestIdleCallback(() => film.level(halvings));
    return () => {
      cancelIdleCallback(idle);
    };
  }, [film]);
  return null;
}
