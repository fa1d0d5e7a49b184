/** Pictures to a batch, and a batch back to pictures. */
import type { Attribution } from '#core/engine/index.ts';
import type { PreparedPicture } from './prepare-picture.ts';

/** [pictures, channels, height, width] in one array. */
export function joinInputs(pictures: readonly PreparedPicture[]): Float32Array {
  const length = pictures[0]?.input.tensor.length ?? 0;
  const images = new Float32Array(pictures.length * length);
  for (const [row, { input }] of pictures.entries()) images.set(input.tensor, row * length);
  return images;
}

/** One picture's part of a batch of `rows`; the dims of its taps are without the batch. */
export function sliceRow(attribution: Attribution, row: number, rows: number): Attribution {
  const { logits, relevance, targets, taps } = attribution;
  const part = (values: Float32Array): Float32Array => {
    const length = values.length / rows;
    return values.slice(row * length, (row + 1) * length);
  };
  return {
    ...attribution,
    ...{ logits: part(logits), relevance: part(relevance), targets: targets.slice(row, row + 1) },
    taps: taps.map((tap) => ({ ...tap, dims: tap.dims.slice(1), values: part(tap.values) })),
  };
}
