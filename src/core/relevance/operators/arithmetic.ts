import type { Arithmetic, Shape } from '../network/network.ts';
import { dataTypeOf, elementwise, findBroadcastDims, type Parameter } from '../network/parameter.ts';
import {
  computesFrom,
  constantOf,
  misfit,
  shapeText,
  unsupported,
  type Known,
  type Reader,
  type Reading,
  type Sizes,
} from './reading.ts';
import { addedSamples, scaledSample } from './sampling.ts';
import { calculateSizes } from './whole-numbers.ts';

type Operator = Arithmetic['operator'];

const calculations: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** Whole numbers stay whole. */
const onNumbers =
  (operator: Operator, real: boolean) =>
  (a: number, b: number): number =>
    real ? calculations[operator](a, b) : Math.trunc(calculations[operator](a, b));

/** Add, Sub, Mul, Div of shapes, of constants, of a value with a constant, or (Add only) of two values. */
function arithmetic(operator: Operator): Reader {
  return (reading) => {
    const [a, b] = reading.inputs;
    if (!a || !b) throw unsupported(reading, 'it needs two inputs');
    if (a.kind === 'sizes' && b.kind === 'sizes') return { outputs: [sizesResult(reading, operator, [a, b])] };
    const [p, q] = [constantOf(a), constantOf(b)];
    if (p && q) return ofConstants(reading, operator, [p, q]);
    if (a.kind === 'sampled' || b.kind === 'sampled') return onSamples(reading, operator, [a, b]);
    if (a.kind === 'computed' && b.kind === 'computed') return sumOf(reading, operator, [a, b]);
    return withConstant(reading, operator, [a, b]);
  };
}

function ofConstants(
  reading: Reading,
  operator: Operator,
  [p, q]: readonly [Parameter, Parameter],
): ReturnType<Reader> {
  if (!findBroadcastDims(p.dims, q.dims))
    throw misfit(reading, `constants of shapes ${shapeText(p.dims)} and ${shapeText(q.dims)} do not go together`);
  const types = [dataTypeOf(p), dataTypeOf(q)];
  if (types[0] !== types[1]) throw misfit(reading, `its constants are stored as ${types.join(' and ')}`);
  return { outputs: [{ kind: 'parameter', parameter: elementwise(operator, p, q) }] };
}

/** Parts of a picture on their way to a pool: added up, or divided by how many they are. */
function onSamples(reading: Reading, operator: Operator, [a, b]: readonly [Known, Known]): ReturnType<Reader> {
  if (a.kind === 'sampled' && b.kind === 'sampled' && operator === 'Add') return addedSamples(reading, [a, b]);
  if (a.kind === 'sampled' && (operator === 'Div' || operator === 'Mul')) return scaledSample(reading, a, b);
  throw unsupported(reading, 'parts of a value can only be added or divided by stored numbers');
}

function sizesResult(reading: Reading, operator: Operator, parts: readonly Sizes[]): Sizes {
  const real = parts.some((part) => part.real);
  return calculateSizes(reading, parts, (x = 1, y = 1) => {
    if (typeof x === 'number' && typeof y === 'number') return onNumbers(operator, real)(x, y);
    if (operator === 'Mul' && (x === 1 || y === 1)) return 'batch';
    throw unsupported(reading, 'it computes with the batch size');
  });
}

type Computed = Extract<Known, { kind: 'computed' }>;

function sumOf(reading: Reading, operator: Operator, parts: readonly Computed[]): ReturnType<Reader> {
  const [first] = parts;
  if (operator !== 'Add' || !first) throw unsupported(reading, 'only the sum of two computed values has a rule');
  if (parts.some((part) => part.shape.join() !== first.shape.join())) {
    const shapes = parts.map((part) => shapeText(part.shape)).join(' and ');
    throw unsupported(reading, `it adds values of different shapes (${shapes})`);
  }
  return computesFrom(reading, { kind: 'sum' }, { shape: first.shape, inputs: parts.map((part) => part.name) });
}

function withConstant(reading: Reading, operator: Operator, [a, b]: readonly [Known, Known]): ReturnType<Reader> {
  const constantFirst = a.kind !== 'computed';
  const constant = constantOf(constantFirst ? a : b);
  const value = constantFirst ? b : a;
  if (!constant || value.kind !== 'computed') throw unsupported(reading, 'one input should be stored in the file');
  if (operator === 'Div' && constantFirst) throw unsupported(reading, 'a constant divided by a value has no rule');
  checkBroadcast(reading, value.shape, constant);
  const form = { kind: 'arithmetic', operator, constant, constantFirst, normalization: false } as const;
  return computesFrom(reading, form, { shape: value.shape, inputs: [value.name] });
}

/** The constant must be float32 and must not enlarge the value. */
export function checkBroadcast(reading: Reading, shape: Shape, constant: Parameter): void {
  const { dims } = constant;
  const sizes = shape.map((size) => (size === 'batch' ? 1 : size));
  if (findBroadcastDims(sizes, dims)?.join() !== sizes.join()) {
    throw misfit(reading, `a constant of shape ${shapeText(dims)} does not fit a value of shape ${shapeText(shape)}`);
  }
  if (dataTypeOf(constant) !== 'float32') {
    throw unsupported(reading, `its constant is stored as ${dataTypeOf(constant)}, where float32 is needed`);
  }
}

/** Sum is Add of any number of values. */
export const sum: Reader = (reading) => {
  const parts = reading.inputs.filter((input) => input?.kind === 'computed');
  if (parts.length !== reading.inputs.length) throw unsupported(reading, 'only computed values can be summed');
  return sumOf(reading, 'Add', parts);
};

export const arithmetics: Readonly<Record<Operator, Reader>> = {
  Add: arithmetic('Add'),
  Sub: arithmetic('Sub'),
  Mul: arithmetic('Mul'),
  Div: arithmetic('Div'),
};
