interface Place {
  readonly place: number;
  readonly columns: number;
  readonly total: number;
  /** Rows on the screen. */
  readonly rows: number;
}

const steps: Readonly<Record<string, (place: Place) => number>> = {
  ArrowRight: ({ place }) => place + 1,
  ArrowLeft: ({ place }) => place - 1,
  ArrowDown: ({ place, columns }) => place + columns,
  ArrowUp: ({ place, columns }) => place - columns,
  PageDown: ({ place, columns, rows, total }) => Math.min(total - 1, place + columns * rows),
  PageUp: ({ place, columns, rows }) => Math.max(0, place - columns * rows),
  Home: () => 0,
  End: ({ total }) => total - 1,
};

/** Where a key leads from a place in the grid; undefined for other keys and beyond the ends. */
export function moveInGrid(key: string, place: Place): number | undefined {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (!step || Number.isNaN(place.place)) return undefined;
  const next = step(place);
  return next >= 0 && next < place.total ? next : undefined;
}
