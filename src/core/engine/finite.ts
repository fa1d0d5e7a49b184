import { LightboxError } from '#shared/errors.ts';
import { loadFloat32, type Initializer, type Model } from '#core/onnx/index.ts';
import type { OpenModel } from './open-models.ts';

/**
 * Throws when a result holds NaN or infinity: `request/invalid` when the pictures did, `model/not-finite` otherwise. The
 * weights are read only then, to name the first one that is to blame.
 */
export async function requireFinite(
  { network }: OpenModel,
  { images, results }: { readonly images: Float32Array; readonly results: readonly Float32Array[] },
): Promise<void> {
  if (results.every(allFinite)) return;
  if (!allFinite(images)) {
    throw new LightboxError('request/invalid', 'The pictures hold values that are not finite; check mean and std.');
  }
  const { model } = network;
  const culprit = await findNonFinite(model);
  throw new LightboxError(
    'model/not-finite',
    culprit
      ? `Tensor "${culprit.name}" of "${model.path}" holds NaN or infinity, so nothing can be computed with it; export the ` +
          'model again from sound weights.'
      : `"${model.path}" gives NaN or infinity for this picture although its weights are finite: its values overflow. ` +
          "Check that the picture is prepared as in the model's training.",
  );
}

async function findNonFinite({ graph }: Model): Promise<Initializer | undefined> {
  for (const initializer of graph.initializers.values()) {
    if (initializer.dataType === 'float32' && !allFinite(await loadFloat32(initializer))) return initializer;
  }
  return undefined;
}

/** Whether all values are numbers. A running sum of differences with itself is NaN as soon as one is not. */
function allFinite(values: Float32Array): boolean {
  let nothing = 0;
  for (const value of values) nothing += value - value;
  return nothing === 0;
}
