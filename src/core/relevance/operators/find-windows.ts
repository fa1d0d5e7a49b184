import type { Span, UnevenAveragePool } from '../network/network.ts';
import type { PlaceSum, Sampled } from './sampled.ts';

/** The rectangle of places one output averages. */
interface Window {
  readonly rows: Span;
  readonly columns: Span;
}

/** The windows of an average pool, where that is what a sampled value [batch, channels, height, width] has become. */
export function findWindows({ source, axes, sums }: Sampled): UnevenAveragePool | undefined {
  const [batch, channels, height, width] = axes;
  if (axes.length !== 4 || batch !== 'batch' || channels !== 'channels' || sums.length === 0) return undefined;
  const windows = sums.flatMap((sum) => averagedWindow(sum, Number(source.shape[3])) ?? []);
  if (typeof height !== 'number' || typeof width !== 'number' || windows.length !== sums.length) return undefined;
  const rows = windows.filter((_, index) => index % width === 0).map((window) => window.rows);
  const columns = windows.slice(0, width).map((window) => window.columns);
  const isGrid = windows.every(
    (window, index) =>
      isSame(window.rows, rows[Math.floor(index / width)]) && isSame(window.columns, columns[index % width]),
  );
  return isGrid ? { kind: 'averagePool', rows, columns } : undefined;
}

/** The rectangle whose mean a sum is: all its places and no other, with factors one over their number. */
function averagedWindow(sum: PlaceSum, width: number): Window | undefined {
  const places = [...sum.keys()];
  const rows = spanOf(places.map((place) => Math.floor(place / width)));
  const columns = spanOf(places.map((place) => place % width));
  const area = (rows[1] - rows[0]) * (columns[1] - columns[0]);
  const isMean = [...sum.values()].every((factor) => Math.abs(factor * area - 1) < 1e-5);
  return places.length > 0 && places.length === area && isMean ? { rows, columns } : undefined;
}

const spanOf = (values: readonly number[]): Span => [Math.min(...values), Math.max(...values) + 1];

const isSame = (a: Span, b: Span | undefined): boolean => a[0] === b?.[0] && a[1] === b[1];
