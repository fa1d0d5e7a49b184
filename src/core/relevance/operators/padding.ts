import { attribute, computedInput, computes, unsupported, type Reader, type Reading } from './reading.ts';
import { constantValue } from './constants.ts';
import { spatialSize } from './window.ts';

/** Zero padding of height and width. Pads are an attribute before opset 11 and an input since. */
export const pad: Reader = (reading) => {
  const { shape } = computedInput(reading, 0);
  const [height, width] = spatialSize(reading, shape);
  const mode = attribute(reading.node, 'mode', 'string') ?? 'constant';
  if (mode !== 'constant' || padValue(reading) !== 0)
    throw unsupported(reading, 'only padding with zeros is supported');
  const pads = padAmounts(reading);
  const [n0, c0, top, left, n1, c1, bottom, right] = pads;
  if (pads.length !== 8 || [n0, c0, n1, c1].some((v) => v !== 0) || pads.some((v) => v < 0)) {
    throw unsupported(reading, 'only height and width can be padded, and not by negative amounts');
  }
  const sides = [top ?? 0, left ?? 0, bottom ?? 0, right ?? 0] as const;
  return computes(reading, { kind: 'pad', pads: sides }, [
    'batch',
    shape[1] ?? 0,
    height + sides[0] + sides[2],
    width + sides[1] + sides[3],
  ]);
};

function padAmounts(reading: Reading): readonly number[] {
  const input = reading.inputs[1];
  if (input?.kind === 'sizes') return input.sizes.map(Number);
  const stored = attribute(reading.node, 'pads', 'ints');
  if (!stored) throw unsupported(reading, 'its amounts are not stored in the file');
  return stored;
}

function padValue(reading: Reading): number | undefined {
  const input = reading.inputs[2];
  if (input === undefined) return attribute(reading.node, 'value', 'float') ?? 0;
  if (input.kind === 'parameter') return constantValue(input.parameter);
  return input.kind === 'sizes' ? Number(input.sizes[0] ?? 0) : undefined;
}
