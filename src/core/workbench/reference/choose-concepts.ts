import type { LayerSummary } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { nearestNames } from '#shared/nearest-names.ts';
import { checkChannel, listConceptLayers, type Concept } from '../concept-layers.ts';

type NamedLayer = Pick<LayerSummary, 'name' | 'type' | 'channels' | 'height' | 'width'>;

/**
 * The layers a user means, in the network's order: all that have concepts, or some of these. Throws `layer/unknown` for a layer that
 * has none of its own.
 */
export function chooseConceptLayers(
  layers: readonly NamedLayer[],
  names: readonly string[] | undefined,
): readonly NamedLayer[] {
  const known = listConceptLayers(layers);
  if (names === undefined || (names.length === 1 && names[0] === 'all')) return known;
  for (const name of names) if (!known.some((layer) => layer.name === name)) throw withoutConcepts(layers, name);
  return known.filter(({ name }) => names.includes(name));
}

function withoutConcepts(layers: readonly NamedLayer[], name: string): LightboxError {
  const nearest = nearestNames(
    listConceptLayers(layers).map((layer) => layer.name),
    name,
  );
  const found = layers.find((layer) => layer.name === name);
  const what = found
    ? `The layer "${name}" (${found.type}) has no concepts of its own`
    : `The model has no layer named "${name}"`;
  return new LightboxError('layer/unknown', `${what}; the nearest that have are ${nearest}.`);
}

/** Reads `LAYER:CHANNEL`. Throws `request/invalid` where it is not that, `layer/unknown`, `concept/unknown`. */
export function readConcept(text: string, layers: readonly NamedLayer[]): Concept {
  const split = text.lastIndexOf(':');
  const [name, digits] = [text.slice(0, split), text.slice(split + 1)];
  if (split < 1 || !/^\d+$/.test(digits))
    throw new LightboxError(
      'request/invalid',
      `"${text}" names no concept; write LAYER:CHANNEL, such as layer4.2.conv3:17.`,
    );
  const [layer] = chooseConceptLayers(layers, [name]);
  if (layer) checkChannel(layer, Number(digits));
  return { layer: name, channel: Number(digits) };
}
