import type { PixelPlanes } from '#core/audit/index.ts';
import type { Engine, RunOptions } from '#core/engine/index.ts';
import type { RegionModel } from './region-model.ts';

/** Rows of one run. */
const BATCH = 16;

/** Logits of pictures of the model's input size, in their order. */
export async function predictVariants(
  engine: Engine,
  { predictor, labels }: RegionModel,
  { pictures, signal }: { readonly pictures: readonly PixelPlanes[]; readonly signal?: RunOptions['signal'] },
): Promise<readonly Float32Array[]> {
  const length = pictures[0]?.values.length ?? 0;
  const images = new Float32Array(pictures.length * length);
  pictures.forEach(({ values }, row) => {
    images.set(values, row * length);
  });
  const { logits } = await engine.predict({ handle: predictor.handle, images }, { batchSize: BATCH, signal });
  return pictures.map((_, row) => logits.slice(row * labels.length, (row + 1) * labels.length));
}
