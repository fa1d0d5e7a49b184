import { findBroadcastDims, int64Parameter, type Parameter } from '../network/parameter.ts';
import { knownConstant } from './constants.ts';
import {
  attribute,
  misfit,
  numbersInput,
  shapeText,
  unsupported,
  type Known,
  type Reader,
  type Reading,
  type Size,
} from './reading.ts';

/** Operators that compute shapes: exporters write them for view(x.size(0), -1), for padding and for a free batch axis. */

type Sizes = Extract<Known, { kind: 'sizes' }>;

function sizesOf(reading: Reading, index: number): Sizes {
  const input = reading.inputs[index];
  if (input?.kind === 'sizes') return input;
  throw unsupported(reading, 'it computes a shape from pixel values');
}

function sizes(values: readonly Size[], dims: readonly number[] = [values.length]): ReturnType<Reader> {
  return { outputs: [{ kind: 'sizes', sizes: values, dims }] };
}

export const shape: Reader = (reading) => {
  const input = reading.inputs[0];
  const whole =
    input?.kind === 'computed' ? input.shape : input?.kind === 'parameter' ? input.parameter.dims : (input?.dims ?? []);
  const start = attribute(reading.node, 'start', 'int') ?? 0;
  return sizes(whole.slice(start, attribute(reading.node, 'end', 'int')));
};

export const gather: Reader = (reading) => {
  const from = sizesOf(reading, 0);
  const { sizes: index, dims } = sizesOf(reading, 1);
  if (from.dims.length !== 1) throw unsupported(reading, `it picks from a list of ${String(from.dims.length)} axes`);
  const picked = index.map((at) => (at === 'batch' ? undefined : from.sizes.at(at)));
  const found = picked.filter((size) => size !== undefined);
  if (found.length < picked.length)
    throw misfit(reading, `it picks number ${shapeText(index)} from a list of ${String(from.sizes.length)}`);
  return sizes(found, dims);
};

/** Slices the first axis, forwards or backwards. */
export const slice: Reader = (reading) => {
  const from = sizesOf(reading, 0);
  const bound = (index: number, name: string): number | undefined => {
    const values = numbersInput(reading, index) ?? attribute(reading.node, name, 'ints') ?? [];
    if (values.length > 1) throw unsupported(reading, 'it takes a shape apart along several axes');
    return values[0];
  };
  const width = from.dims.slice(1).reduce((a, b) => a * b, 1);
  const rows = Array.from({ length: from.dims[0] ?? 0 }, (_, i) => from.sizes.slice(i * width, (i + 1) * width));
  const step = bound(4, 'steps') ?? 1;
  if ((bound(3, 'axes') ?? 0) !== 0 || Math.abs(step) !== 1)
    throw unsupported(reading, 'it takes a shape apart in steps');
  const start = bound(1, 'starts') ?? 0;
  const end = bound(2, 'ends') ?? rows.length;
  const picked = step === 1 ? rows.slice(start, end) : backwards(rows, start, end);
  return sizes(picked.flat(), [picked.length, ...from.dims.slice(1)]);
};

/** From start down to, and without, end; negative numbers count from the back. */
function backwards<Row>(rows: readonly Row[], start: number, end: number): Row[] {
  const from = Math.min(start < 0 ? start + rows.length : start, rows.length - 1);
  const to = end < -rows.length ? -1 : end < 0 ? end + rows.length : end;
  return rows.slice(to + 1, from + 1).reverse();
}

/** Longest list of whole numbers that is made while reading: shapes are short. */
const longestList = 64;

export const constantOfShape: Reader = (reading) => {
  const dims = lengthsInput(reading, 0);
  const value = reading.node.attributes.get('value');
  const known = value?.kind === 'tensor' ? knownConstant(value.value) : undefined;
  const count = dims.reduce((a, b) => a * b, 1);
  if (known?.kind !== 'sizes' || count > longestList)
    throw unsupported(reading, 'it makes a constant that is no small shape');
  return sizes(
    Array.from({ length: count }, () => known.sizes[0] ?? 0),
    dims,
  );
};

/** A small constant repeated to a shape: torch.export writes a missing bias so. */
export const expand: Reader = (reading) => {
  const input = reading.inputs[0];
  const lengths = lengthsInput(reading, 1);
  if (input?.kind !== 'parameter' && input?.kind !== 'sizes')
    throw unsupported(reading, 'only constants can be expanded');
  const from = input.kind === 'parameter' ? input.parameter.dims : input.dims;
  const dims = findBroadcastDims(from, lengths);
  if (!dims) throw misfit(reading, `a constant of shape ${shapeText(from)} does not fit ${shapeText(lengths)}`);
  if (input.kind === 'sizes') return sizes(repeated(reading, input.sizes, dims), dims);
  const parameter: Parameter = {
    kind: 'computed',
    operator: 'Expand',
    inputs: [input.parameter, int64Parameter(lengths)],
    dims,
    attributes: new Map(),
  };
  return { outputs: [{ kind: 'parameter', parameter }] };
};

function repeated(reading: Reading, values: readonly Size[], dims: readonly number[]): Size[] {
  const count = dims.reduce((a, b) => a * b, 1);
  if (values.length !== 1 || count > longestList)
    throw unsupported(reading, 'only one whole number can be expanded, to a short list');
  return Array.from({ length: count }, () => values[0] ?? 0);
}

/** A shape given as an input: whole numbers from 0 on. */
function lengthsInput(reading: Reading, index: number): readonly number[] {
  const lengths = numbersInput(reading, index) ?? [];
  if (lengths.some((length) => length < 0)) throw misfit(reading, `it makes a constant of shape ${shapeText(lengths)}`);
  return lengths;
}
