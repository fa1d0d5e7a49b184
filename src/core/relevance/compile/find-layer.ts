import { LightboxError } from '#shared/errors.ts';
import { nearestNames } from '#shared/nearest-names.ts';
import type { Layer, Network } from '../network/network.ts';

/** Throws `layer/unknown` with the names most like it. */
export function findLayer({ layers }: Pick<Network, 'layers'>, name: string): Layer {
  const layer = layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const nearest = nearestNames(
    layers.map((candidate) => candidate.name),
    name,
  );
  throw new LightboxError(
    'layer/unknown',
    `The model has no layer named "${name}"; the nearest names are ${nearest} ("lightbox model" lists all).`,
  );
}
