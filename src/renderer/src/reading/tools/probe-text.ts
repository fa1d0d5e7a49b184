import { formatRelevance } from '#shared/format-relevance.ts';
import { paddingCode } from '../film/grey-codes.ts';
import type { Film } from '../film/load-picture.ts';
import type { Overlay } from '../overlay/use-coloring.ts';
import type { Point } from '../stage-geometry.ts';
import { findMapPixel, type Region } from '../strongest-region.ts';

interface Probed {
  readonly film: Film;
  readonly overlay: Overlay | undefined;
  readonly region: Region | undefined;
  /** The largest magnitude of the map. */
  readonly magnitude: number;
}

/** What lies under a point of the picture, in a line; undefined off the picture. */
export function describePoint(point: Point, { film, overlay, region, magnitude }: Probed): string | undefined {
  const [column, row] = [Math.floor(point.x), Math.floor(point.y)];
  const { width, height } = film.picture;
  if (column < 0 || row < 0 || column >= width || row >= height) return undefined;
  const parts = [`x ${column}  y ${row}`, describeValue(film, row * width + column)];
  if (overlay && region) parts.push(describeRelevance(point, { overlay, region, magnitude }));
  return parts.join('   ·   ');
}

function describeValue({ picture, facts }: Film, pixel: number): string {
  const { codes, channels, low, step, hasPadding } = picture;
  if (channels === 3) return `RGB ${codes.subarray(3 * pixel, 3 * pixel + 3).join(' ')}`;
  const code = codes[pixel] ?? 0;
  if (hasPadding && code === paddingCode) return 'padding, no value';
  const value = low + code * step;
  const { grey } = facts;
  if (!grey) return `grey ${value}`;
  const shown = `value ${short(value)}${grey.unit === undefined ? '' : ` ${grey.unit}`}`;
  if (!grey.rescale) return `${shown} (by the file's modality table)`;
  const { slope, intercept } = grey.rescale;
  return slope === 1 && intercept === 0 ? shown : `${shown} (stored ${Math.round((value - intercept) / slope)})`;
}

const short = (value: number): string => Number(value.toPrecision(6)).toString().replace('-', '\u2212');

function describeRelevance(point: Point, { overlay, region, magnitude }: Required<Omit<Probed, 'film'>>): string {
  if (!overlay || !region) return '';
  const at = findMapPixel(point, overlay, region);
  if (!at) return 'outside of what the model saw';
  const value = overlay.values[at.row * overlay.width + at.column] ?? NaN;
  const pixel = `model pixel ${at.column}, ${at.row}`;
  if (Number.isNaN(value)) return `no relevance (NaN) at ${pixel}`;
  const percent = magnitude === 0 ? 0 : (100 * value) / magnitude;
  const share = percent
    .toFixed(Math.abs(percent) < 10 ? 1 : 0)
    .replace(/^-(0\.0)$/, '$1')
    .replace('-', '\u2212');
  return `relevance ${formatRelevance(value)} (${share} % of the strongest) at ${pixel}`;
}
