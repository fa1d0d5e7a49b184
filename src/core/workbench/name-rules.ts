import { assignRules, describeRule, readNetwork, type Composite, type Network } from '#core/relevance/index.ts';
import type { ModelFile } from './model-file.ts';

/** A model as the rules see it, at the picture size its manifest says. Throws `model/...`. */
export function readModelNetwork({ model, manifest }: ModelFile): Network {
  const { height, width } = manifest.manifest.input;
  return readNetwork(model, { inputSize: { height, width } });
}

/** The rule of each layer in words, parameters included, by layer name. */
export function nameRules(network: Network, composite: Composite): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(assignRules(network, composite), ([layer, rule]) => [layer, describeRule(rule)]),
  );
}
