import { float } from '#core/onnx/index.ts';
import type { GraphWriter } from './writer.ts';

/**
 * A value of the compiled graph.
 *
 * `plain` is ONNX's own order, [batch, channels, height, width]. `blocked` is the order ONNX Runtime's CPU convolutions work in:
 * channels are cut into blocks of 8 or 16 which lie innermost, [batch, channels / block, height, width, block], while the
 * declared shape stays four-axis. Elementwise operators do not care about the order, so values stay blocked between convolutions.
 */
export interface Tensor {
  readonly name: string;
  readonly layout: 'plain' | 'blocked';
  /** Sizes of all axes after the batch. */
  readonly sizes: readonly number[];
}

/** The domain of ONNX Runtime's operators on blocked values. */
export const nchwc = 'com.microsoft.nchwc';

/** The smallest number that float32 holds in full precision times this is 1: from it on, a line of this slope is cut off at 1. */
const steepest = 2 ** 126;

/** Tensor operations on a graph under construction. */
export class TensorWriter {
  readonly graph: GraphWriter;
  /** Channels in a block; 1 keeps everything plain (any provider but the CPU's). */
  readonly block: number;

  constructor(graph: GraphWriter, block: number) {
    this.graph = graph;
    this.block = block;
  }

  plain(name: string, sizes: readonly number[]): Tensor {
    return { name, sizes, layout: 'plain' };
  }

  /** One number everywhere, with a batch of 1. */
  constant(value: number, sizes: readonly number[]): Tensor {
    const shape = this.graph.integers([1, ...sizes]);
    return this.plain(this.graph.emit('Expand', [this.graph.scalar(value), shape]), sizes);
  }

  /** Whether a picture-shaped value of these sizes fills whole blocks. */
  fillsBlocks(sizes: readonly number[]): boolean {
    return this.block > 1 && sizes.length === 3 && (sizes[0] ?? 0) % this.block === 0;
  }

  asPlain(tensor: Tensor): Tensor {
    if (tensor.layout === 'plain') return tensor;
    const channels = tensor.sizes[0] ?? 0;
    const name = this.graph.emit('ReorderOutput', [tensor.name], { domain: nchwc, attributes: { channels } });
    return this.plain(name, tensor.sizes);
  }

  asBlocked(tensor: Tensor): Tensor {
    if (tensor.layout === 'blocked') return tensor;
    return { ...tensor, layout: 'blocked', name: this.graph.emit('ReorderInput', [tensor.name], { domain: nchwc }) };
  }

  /** An elementwise ONNX operator on tensors of one shape and on numbers. */
  elementwise(operator: string, ...operands: readonly (Tensor | number)[]): Tensor {
    const tensors = operands.filter((operand) => typeof operand !== 'number');
    const sizes = tensors[0]?.sizes ?? [];
    const blocked = tensors.some((tensor) => tensor.layout === 'blocked') && this.fillsBlocks(sizes);
    const names = operands.map((operand) => {
      if (typeof operand === 'number') return this.graph.scalar(operand);
      return (blocked ? this.asBlocked(operand) : this.asPlain(operand)).name;
    });
    return { name: this.graph.emit(operator, names), sizes, layout: blocked ? 'blocked' : 'plain' };
  }

  add(a: Tensor, b: Tensor | number): Tensor {
    return this.elementwise('Add', a, b);
  }

  multiply(a: Tensor, b: Tensor | number): Tensor {
    return this.elementwise('Mul', a, b);
  }

  divide(a: Tensor, b: Tensor): Tensor {
    return this.elementwise('Div', a, b);
  }

  subtract(a: Tensor, b: Tensor): Tensor {
    return this.elementwise('Sub', a, b);
  }

  positivePart(tensor: Tensor): Tensor {
    return this.elementwise('Relu', tensor);
  }

  negativePart(tensor: Tensor): Tensor {
    return this.elementwise('Min', tensor, 0);
  }

  /** 1 where the condition (an elementwise comparison with zero) holds, 0 elsewhere. */
  indicator(comparison: 'Greater' | 'Less', tensor: Tensor): Tensor {
    if (tensor.layout === 'blocked')
      return this.#steep(tensor, { slope: comparison === 'Greater' ? steepest : -steepest });
    return this.#asNumbers(this.elementwise(comparison, tensor, 0));
  }

  /** 1 where a value has reached the largest it can have, 0 elsewhere. */
  reaches(tensor: Tensor, largest: Tensor): Tensor {
    if (tensor.layout !== 'blocked') return this.#asNumbers(this.elementwise('Equal', tensor, largest));
    return this.#steep(this.subtract(tensor, largest), { slope: steepest, atZero: 1 });
  }

  #asNumbers(truth: Tensor): Tensor {
    return { ...truth, name: this.graph.emit('Cast', [truth.name], { attributes: { to: 1 } }) };
  }

  /** A straight line cut off at 0 and 1. ONNX Runtime's CPU computes it with all threads, which it does not do for a Cast. */
  #steep(tensor: Tensor, { slope, atZero = 0 }: { readonly slope: number; readonly atZero?: 0 | 1 }): Tensor {
    const attributes = { alpha: float(slope), beta: float(atZero) };
    return { ...tensor, name: this.graph.emit('HardSigmoid', [tensor.name], { attributes }) };
  }

  sum(tensors: readonly Tensor[]): Tensor | undefined {
    const [first, ...rest] = tensors;
    return first && rest.reduce((total, tensor) => this.add(total, tensor), first);
  }

  /** Spatial work on a blocked value sees it as [batch, channels / block, height, width, block]: axes 2 and 3 stay what they are. */
  spatialView(tensor: Tensor): string {
    if (tensor.layout === 'plain') return tensor.name;
    const [channels = 0, height = 0, width = 0] = tensor.sizes;
    return this.reshape(tensor.name, [0, channels / this.block, height, width, this.block]);
  }

  fromSpatialView(name: string, like: Tensor, size: readonly [number, number]): Tensor {
    const channels = like.sizes[0] ?? 0;
    const sizes = [channels, ...size];
    const flat = like.layout === 'plain' ? name : this.reshape(name, [0, ...sizes]);
    return { name: flat, sizes, layout: like.layout };
  }

  reshape(name: string, sizes: readonly number[]): string {
    return this.graph.emit('Reshape', [name, this.graph.integers(sizes)]);
  }

  /** Multiplies every channel by its own number; `factors` is [batch, channels]. */
  scaleChannels(tensor: Tensor, factors: string): Tensor {
    const [channels = 0, ...size] = tensor.sizes;
    if (tensor.layout === 'plain') {
      const shaped = this.reshape(factors, [-1, channels, ...size.map(() => 1)]);
      return { ...tensor, name: this.graph.emit('Mul', [tensor.name, shaped]) };
    }
    const shaped = this.reshape(factors, [-1, channels / this.block, 1, 1, this.block]);
    const product = this.graph.emit('Mul', [this.spatialView(tensor), shaped]);
    return this.fromSpatialView(product, tensor, [size[0] ?? 1, size[1] ?? 1]);
  }

  /** Multiplies every position by its own number in all channels; `factors` is [batch, 1, height, width]. */
  scalePositions(tensor: Tensor, factors: string): Tensor {
    const [, height = 1, width = 1] = tensor.sizes;
    if (tensor.layout === 'plain') return { ...tensor, name: this.graph.emit('Mul', [tensor.name, factors]) };
    const shaped = this.reshape(factors, [-1, 1, height, width, 1]);
    return this.fromSpatialView(this.graph.emit('Mul', [this.spatialView(tensor), shaped]), tensor, [height, width]);
  }
}
