import { readModel } from '#core/onnx/index.ts';
import { assignRules, describeRule, readNetwork, type Composite, type Network } from '#core/relevance/index.ts';
import type { Calls } from './calls.ts';
import { summarizeNetwork } from './network-summary.ts';
import type { ModelDescription } from './requests.ts';

/** Reads a model's structure; its weights are left alone. Throws `model/...`. */
export async function describeModel({
  modelPath,
  composites,
}: Calls['describe']['argument']): Promise<ModelDescription> {
  const network = readNetwork(await readModel(modelPath));
  const rules = composites.map((composite) => [composite.name, describeRules(network, composite)] as const);
  return { network: summarizeNetwork(network), rules: Object.fromEntries(rules), notes: network.notes };
}

function describeRules(network: Network, composite: Composite): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(assignRules(network, composite), ([layer, rule]) => [layer, describeRule(rule)]),
  );
}
