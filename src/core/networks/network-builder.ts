import { float, type Node } from '#core/onnx/index.ts';
import { createExportedNode, type NodeForm } from './exported-node.ts';
import { normEpsilon, WeightRecipes, type WeightRecipe } from './weight-recipes.ts';

/** A value on its way through the network being written: [batch, channels, size, size]. */
export interface FeatureMap {
  readonly name: string;
  readonly channels: number;
  readonly size: number;
}

interface ConvolutionForm {
  /** PyTorch's module name, such as `layer3.2.conv2`. */
  readonly module: string;
  /** The module name of the batch norm behind it, if there is one. */
  readonly norm?: string | undefined;
  readonly channels: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  /** Whether the module has a bias of its own; torchvision's ResNet and DenseNet convolutions have none. */
  readonly bias: boolean;
  /** Factor on the weights; branches that are added up are kept small. */
  readonly gain?: number;
}

interface WindowForm {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Whether a batch norm behind a convolution is merged into it, as the exporter does by default. */
export type BatchNormForm = 'folded' | 'kept';

/**
 * Writes a network node by node. Weights are normal numbers after He et al. (2015); folded or kept, the network is the
 * same function.
 */
export class NetworkBuilder {
  readonly nodes: Node[] = [];
  readonly weights: WeightRecipe[] = [];
  readonly #recipes: WeightRecipes;
  readonly #batchNorm: BatchNormForm;

  constructor(seed: number, batchNorm: BatchNormForm) {
    this.#recipes = new WeightRecipes(seed);
    this.#batchNorm = batchNorm;
  }

  /** A convolution and the batch norm behind it. */
  convolution(input: FeatureMap, form: ConvolutionForm): FeatureMap {
    const { module, norm, channels, kernel, stride = 1, padding = 0, bias, gain = 1 } = form;
    const foldedNorm = this.#batchNorm === 'folded' ? norm : undefined;
    const deviation = gain * Math.sqrt(2 / (input.channels * kernel ** 2));
    const parameters = [
      this.#recipes.weight(module, [channels, input.channels, kernel, kernel], { deviation, foldedNorm }),
    ];
    if (bias || foldedNorm !== undefined)
      parameters.push(this.#recipes.bias(module, channels, { own: bias, foldedNorm }));
    const window = describeWindow({ kernel, stride, padding });
    const attributes = { dilations: [1, 1], group: 1, ...window };
    const name = this.#append({ operator: 'Conv', module, inputs: [input.name], attributes }, parameters);
    const output = { name, channels, size: measureOutput(input.size, { kernel, stride, padding }) };
    return norm === undefined || foldedNorm !== undefined ? output : this.batchNorm(output, norm);
  }

  batchNorm(input: FeatureMap, module: string): FeatureMap {
    const attributes = { epsilon: float(normEpsilon), momentum: float(0.9), training_mode: 0 };
    const parameters = this.#recipes.batchNorm(module, input.channels);
    const name = this.#append({ operator: 'BatchNormalization', module, inputs: [input.name], attributes }, parameters);
    return { ...input, name };
  }

  relu(input: FeatureMap, module: string): FeatureMap {
    return { ...input, name: this.#append({ operator: 'Relu', module, inputs: [input.name] }) };
  }

  maxPool(input: FeatureMap, module: string, form: WindowForm): FeatureMap {
    const attributes = { ceil_mode: 0, dilations: [1, 1], ...describeWindow(form) };
    const name = this.#append({ operator: 'MaxPool', module, inputs: [input.name], attributes });
    return { ...input, name, size: measureOutput(input.size, form) };
  }

  /** Means of windows of `kernel` by `kernel` that do not overlap. */
  averagePool(input: FeatureMap, module: string, kernel: number): FeatureMap {
    const attributes = { kernel_shape: [kernel, kernel], strides: [kernel, kernel] };
    const name = this.#append({ operator: 'AveragePool', module, inputs: [input.name], attributes });
    return { ...input, name, size: Math.floor(input.size / kernel) };
  }

  globalAveragePool(input: FeatureMap, module: string): FeatureMap {
    return { ...input, name: this.#append({ operator: 'GlobalAveragePool', module, inputs: [input.name] }), size: 1 };
  }

  /** The sum of a block's branch and its shortcut. */
  add(branch: FeatureMap, shortcut: FeatureMap, module: string): FeatureMap {
    return { ...branch, name: this.#append({ operator: 'Add', module, inputs: [branch.name, shortcut.name] }) };
  }

  concat(inputs: readonly [FeatureMap, ...FeatureMap[]], module: string): FeatureMap {
    const names = inputs.map((input) => input.name);
    const name = this.#append({ operator: 'Concat', module, inputs: names, attributes: { axis: 1 } });
    return { name, channels: inputs.reduce((sum, input) => sum + input.channels, 0), size: inputs[0].size };
  }

  flatten(input: FeatureMap): FeatureMap {
    const name = this.#append({ operator: 'Flatten', module: '', inputs: [input.name], attributes: { axis: 1 } });
    return { name, channels: input.channels * input.size ** 2, size: 1 };
  }

  /** A linear layer; `output` names the network's output where this is the last one. */
  linear(input: FeatureMap, module: string, form: { channels: number; output?: string }): FeatureMap {
    const { channels, output } = form;
    const deviation = Math.sqrt((output === undefined ? 2 : 1) / input.channels);
    const parameters = [
      this.#recipes.weight(module, [channels, input.channels], { deviation }),
      this.#recipes.bias(module, channels, { own: true }),
    ];
    const attributes = { alpha: float(1), beta: float(1), transB: 1 };
    const name = this.#append({ operator: 'Gemm', module, inputs: [input.name], attributes, output }, parameters);
    return { name, channels, size: 1 };
  }

  /** Adds a node with its stored tensors and gives back the name of its output. */
  #append(form: NodeForm, parameters: readonly WeightRecipe[] = []): string {
    const node = createExportedNode({ ...form, inputs: [...form.inputs, ...parameters.map(({ name }) => name)] });
    this.nodes.push(node);
    this.weights.push(...parameters);
    return node.outputs[0] ?? '';
  }
}

function describeWindow({ kernel, stride, padding }: WindowForm): Record<string, readonly number[]> {
  return {
    kernel_shape: [kernel, kernel],
    pads: [padding, padding, padding, padding],
    strides: [stride, stride],
  };
}

function measureOutput(size: number, { kernel, stride, padding }: WindowForm): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}
