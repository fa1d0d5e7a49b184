/** A small network with one of each step that image classifiers are made of, for comparing providers. */
import { float32Initializer, node, valueInfo, type Initializer, type Model, type Node } from '#core/onnx/index.ts';

const size = 24;
const classes = 5;

const weights: Readonly<Record<string, readonly number[]>> = {
  'first.weight': [8, 3, 3, 3],
  'first.bias': [8],
  'strided.weight': [16, 8, 3, 3],
  'strided.bias': [16],
  'residual.weight': [16, 16, 3, 3],
  'residual.bias': [16],
  'classes.weight': [classes, 16],
  'classes.bias': [classes],
};

const same = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1] };
const halved = { ...same, strides: [2, 2] };

const nodes: readonly Node[] = [
  node('Conv', { inputs: ['picture', 'first.weight', 'first.bias'], outputs: ['first'] }, same),
  node('Relu', { inputs: ['first'], outputs: ['first+'] }),
  node('Conv', { inputs: ['first+', 'strided.weight', 'strided.bias'], outputs: ['strided'] }, halved),
  node('Relu', { inputs: ['strided'], outputs: ['strided+'] }),
  node('MaxPool', { inputs: ['strided+'], outputs: ['pooled'] }, halved),
  node('Conv', { inputs: ['pooled', 'residual.weight', 'residual.bias'], outputs: ['residual'] }, same),
  node('Add', { inputs: ['residual', 'pooled'], outputs: ['sum'] }),
  node('Relu', { inputs: ['sum'], outputs: ['sum+'] }),
  node('GlobalAveragePool', { inputs: ['sum+'], outputs: ['averages'] }),
  node('Flatten', { inputs: ['averages'], outputs: ['flat'] }),
  node('Gemm', { inputs: ['flat', 'classes.weight', 'classes.bias'], outputs: ['logits'] }, { transB: 1 }),
];

export const knownModel: Model = {
  path: '',
  irVersion: 8,
  opsets: new Map([['', 17]]),
  producer: 'relevance-lightbox',
  graph: {
    name: 'known case',
    nodes,
    initializers: new Map(Object.entries(weights).map(([name, dims]) => [name, fill(name, dims)])),
    inputs: [valueInfo('picture', ['batch', 3, size, size])],
    outputs: [valueInfo('logits', ['batch', classes])],
  },
};

/** [1, 3, size, size], both signs. */
export const knownPicture: Float32Array = createNoise(3 * size * size, 1);

function fill(name: string, dims: readonly number[]): Initializer {
  const length = dims.reduce((product, extent) => product * extent, 1);
  const perOutput = length / (dims[0] ?? 1);
  const spread = Math.sqrt(2 / Math.max(perOutput, 16));
  return float32Initializer(
    name,
    dims,
    createNoise(length, name.length).map((value) => spread * value),
  );
}

/** Numbers between -1 and 1 by the linear congruential generator of Numerical Recipes. */
function createNoise(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
