import type { Composite } from '../composites/composite.ts';
import { assignRules } from '../composites/assign-rules.ts';
import { isKind, type MaxPool, type Network, type Operation } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';
import { findHalves } from './find-halves.ts';
import { findLayer } from './find-layer.ts';
import { findNonNegative, findVanishing } from './sign-analysis.ts';

/** What is settled before anything is written. */
export interface RelevancePlan {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly nonNegative: ReadonlySet<string>;
  readonly vanishing: ReadonlySet<string>;
  readonly fused: ReadonlySet<string>;
  /** Outputs of convolutions that are computed in two halves, as AlphaBeta needs them. */
  readonly inHalves: ReadonlySet<string>;
  /** Outputs of ReLUs whose gate of GuidedBackprop is applied above the max pool that follows, to a quarter of the values. */
  readonly gatedAbove: ReadonlySet<string>;
}

interface Wishes {
  readonly composite?: Composite | undefined;
  readonly taps?: readonly LayerValue[] | undefined;
  readonly concepts?: readonly LayerValue[] | undefined;
  readonly conditions?: readonly { readonly layer: string }[] | undefined;
  readonly starts?: readonly { readonly layer: string; readonly from: 'activation' | 'relevance' }[] | undefined;
}

interface LayerValue {
  readonly layer: string;
  readonly kind: 'activation' | 'relevance';
}

/** Throws `layer/unknown` and `composite/invalid`. */
export function planRelevance(network: Network, wishes: Wishes): RelevancePlan {
  const { composite, taps = [], concepts = [], starts = [], conditions = [] } = wishes;
  const rules: ReadonlyMap<string, Rule> = composite ? assignRules(network, composite) : new Map<string, Rule>();
  const valueOf = ({ layer }: { readonly layer: string }): string => findLayer(network, layer).output;
  const begun = new Set(starts.filter(({ from }) => from === 'activation').map(valueOf));
  const vanishing = composite ? findVanishing(network, rules, begun) : new Set<string>();
  const read = new Set([...taps, ...concepts].filter(({ kind }) => kind === 'activation').map(valueOf));
  const asked = new Set([...read, ...begun, network.output.name]);
  const canFuse = (operation: Operation): boolean =>
    isFollowedByReluAlone(network, operation) &&
    !asked.has(operation.output) &&
    (!composite || vanishing.has(operation.output));
  const fused = new Set(network.operations.filter(canFuse).map((operation) => operation.output));
  const looked = new Set([...taps, ...concepts, ...starts, ...conditions].map(valueOf));
  const gatedAbove = findGatedAbove(network, rules, looked);
  const nonNegative = findNonNegative(network);
  const inHalves = findHalves(network, { rules, nonNegative });
  return { rules, nonNegative, vanishing, fused, inHalves, gatedAbove };
}

/**
 * Windows that do not overlap hand relevance to one value each, their first maximum: relevance and value pass the gate there if and only if
 * they pass it at the pool's output. Not where somebody looks at what is between.
 */
function findGatedAbove(
  { operations }: Network,
  rules: ReadonlyMap<string, Rule>,
  looked: ReadonlySet<string>,
): ReadonlySet<string> {
  const isGated = ({ name, form, output }: Operation): boolean =>
    form.kind === 'activation' &&
    form.operator === 'Relu' &&
    rules.get(name)?.rule === 'GuidedBackprop' &&
    !looked.has(output);
  const feedsPoolAlone = ({ output }: Operation): boolean => {
    const consumers = operations.filter(({ inputs }) => inputs.includes(output));
    return consumers.length === 1 && consumers.every(({ form }) => form.kind === 'maxPool' && !overlaps(form));
  };
  return new Set(
    operations.filter((operation) => isGated(operation) && feedsPoolAlone(operation)).map(({ output }) => output),
  );
}

function overlaps({ kernel, strides, dilations }: MaxPool): boolean {
  return kernel.some((length, axis) => (length - 1) * (dilations[axis] ?? 1) >= (strides[axis] ?? 1));
}

function isFollowedByReluAlone(network: Network, operation: Operation): boolean {
  const consumers = network.operations.filter(({ inputs }) => inputs.includes(operation.output));
  const [only] = consumers;
  return (
    (isKind(operation, 'convolution') || isKind(operation, 'linear')) &&
    consumers.length === 1 &&
    only?.form.kind === 'activation' &&
    only.form.operator === 'Relu'
  );
}
