import { pixelBounds } from '#core/imaging/index.ts';
import { boundsAtFirstLayer, readNetwork, type Bounds } from '#core/relevance/index.ts';
import type { ModelFile } from './model-file.ts';

/**
 * What ZBox is bounded by: the values of black and white pixels at the tensor that enters the first convolution, after what
 * the manifest prepares and what the network normalises itself.
 */
export function zBoxBounds({ model, manifest }: ModelFile): Bounds {
  const { input } = manifest.manifest;
  const network = readNetwork(model, { inputSize: { height: input.height, width: input.width } });
  return boundsAtFirstLayer(network, pixelBounds(input));
}
