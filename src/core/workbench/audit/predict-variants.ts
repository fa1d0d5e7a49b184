import type { PixelPlanes } from '#core/audit/index.ts';
import type { Engine, RunOptions } from '#core/engine/index.ts';
import type { RegionModel } from './region-model.ts';

/** Rows of one run. */
const BATCH = 16;

interface VariantsToPredict {
  readonly pictures: readonly PixelPlanes[];
  readonly signal?: RunOptions['signal'];
  /** Told before each run, how many are done. */
  readonly onBatch?: ((done: number, total: number) => void) | undefined;
}

/** Logits of pictures of the model's input size, in their order. */
export async function predictVariants(
  engine: Engine,
  { predictor, labels }: RegionModel,
  { pictures, signal, onBatch }: VariantsToPredict,
): Promise<readonly Float32Array[]> {
  const length = pictures[0]?.values.length ?? 0;
  const answers: Float32Array[] = [];
  for (let start = 0; start < pictures.length; start += BATCH) {
    onBatch?.(start, pictures.length);
    const batch = pictures.slice(start, start + BATCH);
    const images = new Float32Array(batch.length * length);
    batch.forEach(({ values }, row) => {
      images.set(values, row * length);
    });
    const { logits } = await engine.predict({ handle: predictor.handle, images }, { batchSize: BATCH, signal });
    answers.push(...batch.map((_, row) => logits.slice(row * labels.length, (row + 1) * labels.length)));
  }
  return answers;
}
