import type { Film } from '../film/load-picture.ts';
import type { Tool } from '../view-state.ts';

export const toolNames: Readonly<Record<Tool, string>> = {
  ...{ window: 'Window', pan: 'Move', zoom: 'Zoom', lens: 'Magnifier' },
};

export const toolKeys: Readonly<Record<Tool, string>> = { window: 'W', pan: 'P', zoom: 'Z', lens: 'M' };

/** Films are windowed, photographs moved, unless the reader chose. */
export function chooseTool(chosen: Tool | undefined, film: Film | undefined): Tool {
  const isFilm = film !== undefined && (film.facts.grey !== undefined || film.picture.codes instanceof Uint16Array);
  return chosen ?? (isFilm ? 'window' : 'pan');
}
