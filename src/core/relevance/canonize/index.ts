import type { Canonizer, DraftNetwork } from './canonizer.ts';
import { cutAtLogits } from './cut-at-logits.ts';
import { fuseBias } from './fuse-bias.ts';
import { mergeBatchNorm } from './merge-batch-norm.ts';
import { markNormalization } from './normalization.ts';
import { prune } from './prune.ts';

/** In this order: an Add after MatMul must be a bias before a batch norm can be merged into the layer. */
const canonizers: readonly Canonizer[] = [cutAtLogits, prune, fuseBias, mergeBatchNorm, markNormalization];

export function canonize(network: DraftNetwork): DraftNetwork {
  return canonizers.reduce((current, canonizer) => canonizer(current), network);
}
