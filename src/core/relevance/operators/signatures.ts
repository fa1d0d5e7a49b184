import type { Attribute, Node } from '#core/onnx/index.ts';
import { misfit, unsupported, type Reading } from './reading.ts';

type Kind = Attribute['kind'];

/** A flag is a whole number that is 0 or 1; what others mean differs from runtime to runtime. */
type Need = Kind | 'flag';

interface Signature {
  /** Fewest and most inputs; the fewest may not be left empty. */
  readonly inputs: readonly [number, number];
  /** The attributes that are read, and what each must be. Others are passed over. */
  readonly attributes: Readonly<Record<string, Need>>;
}

const takes = (least: number, most: number = least, attributes: Signature['attributes'] = {}): Signature => ({
  inputs: [least, most],
  attributes,
});

const window = { kernel_shape: 'ints', strides: 'ints', pads: 'ints', dilations: 'ints', auto_pad: 'string' } as const;
const pool = { ...window, ceil_mode: 'flag', count_include_pad: 'flag' } as const;
const bounds = { starts: 'ints', ends: 'ints', axes: 'ints' } as const;

/** What each operator takes, in the opsets that are read (docs of ONNX operators, opset 7 to 20). */
const signatures: Readonly<Record<string, Signature>> = {
  Abs: takes(1),
  Add: takes(2),
  AveragePool: takes(1, 1, pool),
  BatchNormalization: takes(5, 5, { epsilon: 'float', training_mode: 'flag' }),
  Cast: takes(1, 1, { to: 'int' }),
  CastLike: takes(2),
  Celu: takes(1, 1, { alpha: 'float' }),
  Clip: takes(1, 3, { min: 'float', max: 'float' }),
  Concat: takes(1, Infinity, { axis: 'int' }),
  Constant: takes(0),
  ConstantOfShape: takes(1, 1, { value: 'tensor' }),
  Conv: takes(2, 3, { ...window, group: 'int' }),
  Div: takes(2),
  Dropout: takes(1, 3),
  Elu: takes(1, 1, { alpha: 'float' }),
  Expand: takes(2),
  Flatten: takes(1, 1, { axis: 'int' }),
  Floor: takes(1),
  Gather: takes(2, 2, { axis: 'int' }),
  GatherND: takes(2, 2, { batch_dims: 'int' }),
  Gelu: takes(1, 1, { approximate: 'string' }),
  Gemm: takes(2, 3, { alpha: 'float', beta: 'float', transA: 'flag', transB: 'flag' }),
  GlobalAveragePool: takes(1),
  GreaterOrEqual: takes(2),
  HardSigmoid: takes(1, 1, { alpha: 'float', beta: 'float' }),
  HardSwish: takes(1),
  Identity: takes(1),
  LeakyRelu: takes(1, 1, { alpha: 'float' }),
  LogSoftmax: takes(1),
  MatMul: takes(2),
  Max: takes(1, Infinity),
  MaxPool: takes(1, 1, pool),
  Min: takes(1, Infinity),
  Mish: takes(1),
  Mul: takes(2),
  PRelu: takes(2),
  Pad: takes(1, 4, { mode: 'string', pads: 'ints', value: 'float' }),
  Range: takes(3),
  ReduceMean: takes(1, 2, { axes: 'ints', keepdims: 'flag' }),
  Relu: takes(1),
  Reshape: takes(2, 2, { allowzero: 'flag' }),
  Selu: takes(1, 1, { alpha: 'float', gamma: 'float' }),
  Shape: takes(1, 1, { start: 'int', end: 'int' }),
  Sigmoid: takes(1),
  Sign: takes(1),
  Slice: takes(1, 5, bounds),
  Softmax: takes(1),
  Softplus: takes(1),
  Softsign: takes(1),
  Squeeze: takes(1, 2, { axes: 'ints' }),
  Sub: takes(2),
  Sum: takes(1, Infinity),
  Tanh: takes(1),
  Transpose: takes(1, 1, { perm: 'ints' }),
  Unsqueeze: takes(1, 2, { axes: 'ints' }),
  Where: takes(3),
};

const kindNames: Readonly<Record<Kind, string>> = {
  int: 'a whole number',
  float: 'a number',
  string: 'a text',
  ints: 'a list of whole numbers',
  floats: 'a list of numbers',
  strings: 'a list of texts',
  tensor: 'a tensor',
  unsupported: 'of a kind that is not read',
};

/** Throws `model/unsupported-form` where a node has not the inputs and attributes of its operator. */
export function checkSignature(reading: Reading): void {
  const { inputs, attributes } = signatures[reading.node.operator] ?? takes(0, Infinity);
  checkInputs(reading, inputs);
  for (const [name, need] of Object.entries(attributes)) {
    const found = reading.node.attributes.get(name);
    if (found) checkAttribute(reading, { name, found, need });
  }
}

function checkAttribute(reading: Reading, { name, found, need }: { name: string; found: Attribute; need: Need }): void {
  const kind = need === 'flag' ? 'int' : need;
  if (found.kind !== kind)
    throw unsupported(reading, `its ${name} is ${kindNames[found.kind]} where ${kindNames[kind]} is needed`);
  if (found.kind === 'float' && !Number.isFinite(found.value))
    throw unsupported(reading, `its ${name} is ${String(found.value)}`);
  if (found.kind === 'int' && need === 'flag' && found.value !== 0 && found.value !== 1)
    throw unsupported(reading, `its ${name} is ${String(found.value)} where 0 or 1 is needed`);
}

/** A node's attributes without those its operator does not have, which ONNX Runtime would refuse. */
export function readAttributes(node: Node): ReadonlyMap<string, Attribute> {
  const read = signatures[node.operator]?.attributes ?? {};
  return new Map([...node.attributes].filter(([name]) => Object.hasOwn(read, name)));
}

function checkInputs(reading: Reading, [least, most]: Signature['inputs']): void {
  const given = reading.inputs.length;
  if (given < least) throw misfit(reading, `it needs ${String(least)} inputs but has ${String(given)}`);
  if (given > most) throw misfit(reading, `it takes no more than ${String(most)} inputs but has ${String(given)}`);
  const absent = reading.inputs.slice(0, least).indexOf(undefined);
  if (absent >= 0) throw misfit(reading, `its input ${String(absent)} is left empty`);
}
