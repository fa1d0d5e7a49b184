import type { Network } from '../network/network.ts';
import type { Contribution } from '../rules/contribution.ts';
import { contribute, type Surroundings } from './contributions.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

export interface RelevancePass extends Surroundings {
  readonly network: Network;
  /** Changes relevance where a condition stands; `restart` drops all relevance that goes round the value. */
  readonly condition: (value: string) => { readonly factors: string; readonly restart: boolean } | undefined;
}

/** Walks from the logits back to the picture. Returns the relevance of every value that was reached. */
export function writeRelevance(pass: RelevancePass, initial: Tensor): ReadonlyMap<string, Tensor> {
  const { network, writer, forward } = pass;
  let arriving = new Map<string, Contribution[]>([[network.output.name, [{ relevance: initial }]]]);
  const reached = new Map<string, Tensor>();
  const collect = (value: string): Tensor | undefined => {
    const relevance = total(writer, arriving.get(value) ?? [], forward.value(value));
    if (!relevance) return undefined;
    const condition = pass.condition(value);
    const conditioned = condition ? writer.scaleChannels(relevance, condition.factors) : relevance;
    if (condition?.restart) arriving = new Map();
    reached.set(value, conditioned);
    return conditioned;
  };
  for (const operation of [...network.operations].reverse()) {
    const relevance = collect(operation.output);
    if (!relevance) continue;
    const contributions = contribute(pass, operation, relevance);
    operation.inputs.forEach((input, i) => {
      const contribution = contributions[i];
      if (contribution) arriving.set(input, [...(arriving.get(input) ?? []), contribution]);
    });
  }
  collect(network.input.name);
  return reached;
}

/** Gains are added before they are multiplied by the value, once. */
function total(writer: TensorWriter, contributions: readonly Contribution[], value: Tensor): Tensor | undefined {
  const gain = writer.sum(contributions.flatMap((part) => ('gain' in part ? [part.gain] : [])));
  const parts = contributions.flatMap((part) => ('relevance' in part ? [part.relevance] : []));
  return writer.sum(gain ? [writer.multiply(value, gain), ...parts] : parts);
}
