import type { Tensor } from '../compile/tensor.ts';

/**
 * What one operation hands to the relevance of one of its inputs x: relevance itself, or a gain g that stands for x * g.
 * Most rules end in a multiplication by x; keeping the gain lets contributions of several operations be added before it.
 */
export type Contribution = { readonly gain: Tensor } | { readonly relevance: Tensor };
