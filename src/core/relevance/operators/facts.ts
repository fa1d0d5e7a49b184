import type { Shape } from '../network/network.ts';
import { misfit, shapeText, unsupported, type Known, type ReadNode, type Reading, type Size } from './reading.ts';
import { mostPlaces } from './sampled.ts';

/** Most numbers in one value of one picture, or in one constant: 1 GiB of float32. */
const mostNumbers = 2 ** 28;

/** What holds of every value of a network, whichever operator gives it. Throws `model/unsupported-form` where it does not. */
export function checkOutputs(reading: Reading, read: ReadNode): void {
  for (const known of read.outputs) checks[known.kind](reading, known as never);
}

type Checks = {
  readonly [Kind in Known['kind']]: (reading: Reading, known: Extract<Known, { kind: Kind }>) => void;
};

const checks: Checks = {
  computed: (reading, { shape }) => {
    const [batch, ...sizes] = shape;
    if (batch !== 'batch' || sizes.includes('batch'))
      throw unsupported(reading, `it gives shape ${shapeText(shape)}, but the batch should be the first axis`);
    if (!isPictureShape(shape)) throw misfit(reading, `it gives a value of shape ${shapeText(shape)}`);
  },
  parameter: (reading, { parameter }) => {
    if (!areSizes(parameter.dims, 0))
      throw misfit(reading, `it gives a constant of shape ${shapeText(parameter.dims)}`);
  },
  sizes: (reading, { sizes, dims, real }) => {
    // Slices name the end of an axis by the largest number there is, beyond what is exact here.
    const isNumber = real ? Number.isFinite : Number.isInteger;
    if (!sizes.every((size) => size === 'batch' || isNumber(size)) || dims.reduce((a, b) => a * b, 1) !== sizes.length)
      throw misfit(reading, `it gives a list ${shapeText(sizes)} of shape ${shapeText(dims)}`);
  },
  sampled: (reading, { sums }) => {
    const terms = sums.reduce((total, sum) => total + sum.size, 0);
    if (terms > mostPlaces)
      throw unsupported(
        reading,
        `it adds up ${String(terms)} places of a picture, more than windows have that are read`,
      );
  },
};

/** Whether every axis after the batch has a length, and one picture's value can be held. */
export function isPictureShape([, ...sizes]: Shape): boolean {
  return areSizes(sizes, 1);
}

function areSizes(sizes: readonly Size[], least: number): boolean {
  const lengths = sizes.map(Number);
  return (
    lengths.every((length) => Number.isSafeInteger(length) && length >= least) &&
    lengths.reduce((a, b) => a * b, 1) <= mostNumbers
  );
}
