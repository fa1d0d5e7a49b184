import type { Arithmetic, Shape } from '../network/network.ts';
import { dataTypeOf, elementwise, findBroadcastDims, float32Parameter, type Parameter } from '../network/parameter.ts';
import {
  computesFrom,
  misfit,
  shapeText,
  unsupported,
  type Known,
  type Reader,
  type Reading,
  type Size,
} from './reading.ts';

type Operator = Arithmetic['operator'];

const onNumbers: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => Math.trunc(a / b),
};

/** Add, Sub, Mul, Div of shapes, of constants, of a value with a constant, or (Add only) of two values. */
function arithmetic(operator: Operator): Reader {
  return (reading) => {
    const [a, b] = reading.inputs;
    if (!a || !b) throw unsupported(reading, 'it needs two inputs');
    if (a.kind === 'sizes' && b.kind === 'sizes') return { outputs: [sizesResult(reading, operator, [a, b])] };
    const [p, q] = [constantOf(a), constantOf(b)];
    if (p && q) return ofConstants(reading, operator, [p, q]);
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

function constantOf(known: Known): Parameter | undefined {
  if (known.kind === 'parameter') return known.parameter;
  const sizes = known.kind === 'sizes' ? known.sizes.filter((size) => size !== 'batch') : [];
  return known.kind === 'sizes' && sizes.length === known.sizes.length
    ? float32Parameter(sizes, known.dims)
    : undefined;
}

type Sizes = Extract<Known, { kind: 'sizes' }>;

function sizesResult(reading: Reading, operator: Operator, [a, b]: readonly [Sizes, Sizes]): Known {
  const [short, long] = a.sizes.length < b.sizes.length ? [a, b] : [b, a];
  if (short.sizes.length !== long.sizes.length && short.sizes.length !== 1)
    throw misfit(reading, `it computes with lists of ${String(a.sizes.length)} and ${String(b.sizes.length)} numbers`);
  const sizes = long.sizes.map((_, i): Size => {
    const x = a.sizes[a.sizes.length === 1 ? 0 : i] ?? 1;
    const y = b.sizes[b.sizes.length === 1 ? 0 : i] ?? 1;
    if (typeof x === 'number' && typeof y === 'number') return onNumbers[operator](x, y);
    if (operator === 'Mul' && (x === 1 || y === 1)) return 'batch';
    throw unsupported(reading, 'it computes with the batch size');
  });
  return { kind: 'sizes', sizes, dims: short.dims.length > long.dims.length ? short.dims : long.dims };
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
