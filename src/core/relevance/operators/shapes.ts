import { findBroadcastDims, int64Parameter, type Parameter } from '../network/parameter.ts';
import { knownConstant } from './constants.ts';
import { attribute, axisOf, misfit, numbersInput, shapeText, unsupported } from './reading.ts';
import type { Known, Reader, Reading, Size } from './reading.ts';
import { gatheredSample } from './sampling.ts';
import { broadcastSizes, checkCount, sizesInput } from './whole-numbers.ts';

/** Operators that compute shapes: exporters write them for view(x.size(0), -1), for padding and for a free batch axis. */

function sizes(values: readonly Size[], dims: readonly number[] = [values.length]): ReturnType<Reader> {
  return { outputs: [{ kind: 'sizes', sizes: values, dims }] };
}

function shapeOf(reading: Reading, input: Known | undefined): readonly Size[] {
  if (input?.kind === 'sampled') throw unsupported(reading, 'it asks for the shape of a value that was taken apart');
  if (input?.kind === 'computed') return input.shape;
  return (input?.kind === 'parameter' ? input.parameter.dims : input?.dims) ?? [];
}

export const shape: Reader = (reading) => {
  const input = reading.inputs[0];
  const whole = shapeOf(reading, input);
  const start = attribute(reading.node, 'start', 'int') ?? 0;
  return sizes(whole.slice(start, attribute(reading.node, 'end', 'int')));
};

/** Picks from a shape, or a place out of windows that a pool is about to average. */
export const gather: Reader = (reading) => {
  const [picture] = reading.inputs;
  if (picture?.kind === 'sampled') return gatheredSample(reading, picture);
  const from = sizesInput(reading, 0);
  const { dims } = sizesInput(reading, 1);
  const index = numbersInput(reading, 1) ?? [];
  if (from.dims.length !== 1) throw unsupported(reading, `it picks from a list of ${String(from.dims.length)} axes`);
  axisOf(reading, attribute(reading.node, 'axis', 'int') ?? 0, 1);
  const found = index.map((at) => from.sizes.at(at)).filter((size) => size !== undefined);
  if (found.length < index.length)
    throw misfit(reading, `it picks number ${shapeText(index)} from a list of ${String(from.sizes.length)}`);
  return { outputs: [{ ...from, sizes: found, dims }] };
};

/** Slices the first axis, forwards or backwards. */
export const slice: Reader = (reading) => {
  const from = sizesInput(reading, 0);
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
  return { outputs: [{ ...from, sizes: picked.flat(), dims: [picked.length, ...from.dims.slice(1)] }] };
};

/** From start down to, and without, end; negative numbers count from the back. */
function backwards<Row>(rows: readonly Row[], start: number, end: number): Row[] {
  const from = Math.min(start < 0 ? start + rows.length : start, rows.length - 1);
  const to = end < -rows.length ? -1 : end < 0 ? end + rows.length : end;
  return rows.slice(to + 1, from + 1).reverse();
}

export const constantOfShape: Reader = (reading) => {
  const dims = lengthsInput(reading, 0);
  const value = reading.node.attributes.get('value');
  const known = value?.kind === 'tensor' ? knownConstant(value.value) : undefined;
  if (known?.kind !== 'sizes') throw unsupported(reading, 'it makes a constant that is no small shape');
  const count = checkCount(reading, dims);
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
  if (input.kind === 'sizes') return { outputs: [broadcastSizes(reading, input, dims)] };
  const parameter: Parameter = {
    kind: 'computed',
    operator: 'Expand',
    inputs: [input.parameter, int64Parameter(lengths)],
    dims,
    attributes: new Map(),
  };
  return { outputs: [{ kind: 'parameter', parameter }] };
};

/** A shape given as an input: whole numbers from 0 on. */
function lengthsInput(reading: Reading, index: number): readonly number[] {
  const lengths = numbersInput(reading, index) ?? [];
  if (lengths.some((length) => length < 0)) throw misfit(reading, `it makes a constant of shape ${shapeText(lengths)}`);
  return lengths;
}
