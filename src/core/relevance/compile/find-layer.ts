import { LightboxError } from '#shared/errors.ts';
import type { Layer, Network } from '../network/network.ts';

/** Names shown with the message that there is no such layer. */
const suggested = 3;

/** Throws `layer/unknown` with the names most like it. */
export function findLayer({ layers }: Pick<Network, 'layers'>, name: string): Layer {
  const layer = layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  throw new LightboxError('layer/unknown', `The model has no layer named "${name}"; ${suggestLayers(layers, name)}.`);
}

/** "nearest are a, b and c; ..." */
function suggestLayers(layers: readonly Layer[], name: string): string {
  const nearest = layers
    .map((layer) => ({ name: layer.name, distance: editDistance(layer.name, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, suggested)
    .map((layer) => `"${layer.name}"`);
  return `the nearest names are ${nearest.join(', ')} ("lightbox model" lists all)`;
}

/** Letters to insert, delete or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + Number(letter !== other);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
