import type { LinearMap } from '../compile/linear-map.ts';
import type { Tensor, TensorWriter } from '../compile/tensor.ts';

/** One linear layer on the way back. */
export interface LinearStep {
  readonly writer: TensorWriter;
  readonly map: LinearMap;
  /** The layer's input, and whether the graph proves that it cannot be negative. */
  readonly input: Tensor;
  readonly inputNonNegative: boolean;
  /** Whether the forward pass computes what supports the output and what opposes it apart. */
  readonly inHalves: boolean;
  /**
   * The layer's output. Where relevance is known to be zero wherever the output is not positive (a ReLU follows), it may
   * be the output after that ReLU.
   */
  readonly output: Tensor;
  readonly onlyPositiveOutput: boolean;
  /** Relevance of the output. */
  readonly relevance: Tensor;
}
