import { attribute, unsupported, type Known, type Reader, type Reading, type Size } from './reading.ts';

/** Operators that compute shapes: exporters write them for view(x.size(0), -1) and for a free batch axis. */

function sizesOf(reading: Reading, index: number): readonly Size[] {
  const input = reading.inputs[index];
  if (input?.kind === 'sizes') return input.sizes;
  throw unsupported(reading, 'it computes a shape from pixel values');
}

function sizes(values: readonly Size[], scalar = false): ReturnType<Reader> {
  const known: Known = { kind: 'sizes', sizes: values, scalar };
  return { outputs: [known] };
}

export const shape: Reader = (reading) => {
  const input = reading.inputs[0];
  const whole = input?.kind === 'computed' ? input.shape : input?.kind === 'parameter' ? input.parameter.dims : [];
  const start = attribute(reading.node, 'start', 'int') ?? 0;
  return sizes(whole.slice(start, attribute(reading.node, 'end', 'int')));
};

export const gather: Reader = (reading) => {
  const from = sizesOf(reading, 0);
  const index = reading.inputs[1];
  if (index?.kind !== 'sizes') throw unsupported(reading, 'its index is not stored in the file');
  const picked = index.sizes.map((at) => from.at(Number(at)) ?? 0);
  return sizes(picked, index.scalar);
};

export const slice: Reader = (reading) => {
  const from = sizesOf(reading, 0);
  const bound = (index: number, name: string): number | undefined => {
    const input = reading.inputs[index];
    const value = input?.kind === 'sizes' ? input.sizes[0] : attribute(reading.node, name, 'ints')?.[0];
    return value === undefined ? undefined : Number(value);
  };
  const step = bound(4, 'steps') ?? 1;
  if (step !== 1) throw unsupported(reading, 'it takes a shape apart with a step');
  return sizes(from.slice(bound(1, 'starts') ?? 0, bound(2, 'ends')));
};
