import type { StudiedVersion } from './study-picture.ts';

/**
 * The map laid back less the unchanged picture's, each brought to a sum of magnitudes of 1 over the valid region; zero elsewhere.
 * Undefined where one of them is zero there.
 */
export function computeDifference(original: StudiedVersion, { carried }: StudiedVersion): Float32Array | undefined {
  const [before, { values: after, valid }] = [original.attributed.sensed, carried];
  const [sumBefore, sumAfter] = [sumMagnitudes(before, valid), sumMagnitudes(after, valid)];
  if (sumBefore === 0 || sumAfter === 0) return undefined;
  return after.map((value, at) => (valid[at] === 1 ? value / sumAfter - (before[at] ?? 0) / sumBefore : 0));
}

/** The largest magnitude of the unchanged map, brought to a sum of magnitudes of 1: what differences are drawn against. */
export function findPeak({ attributed: { sensed } }: StudiedVersion): number {
  let [sum, peak] = [0, 0];
  for (const value of sensed) {
    sum += Math.abs(value);
    peak = Math.max(peak, Math.abs(value));
  }
  return sum === 0 ? 0 : peak / sum;
}

function sumMagnitudes(values: Float32Array, valid: Uint8Array): number {
  return values.reduce((sum, value, at) => (valid[at] === 1 ? sum + Math.abs(value) : sum), 0);
}
