import type { Pad } from '../network/network.ts';
import {
  attribute,
  computedInput,
  computes,
  numbersInput,
  shapeText,
  unsupported,
  type Reader,
  type Reading,
} from './reading.ts';
import { constantValue } from './constants.ts';
import { spatialSize } from './window.ts';

/** Zero padding of height and width. Pads are an attribute before opset 11 and an input since. */
export const pad: Reader = (reading) => {
  const { shape } = computedInput(reading, 0);
  const [height, width] = spatialSize(reading, shape);
  const mode = attribute(reading.node, 'mode', 'string') ?? 'constant';
  if (mode !== 'constant' || padValue(reading) !== 0)
    throw unsupported(reading, 'only padding with zeros is supported');
  if (reading.inputs[3]) throw unsupported(reading, 'it names the axes to pad');
  const pads = readSides(reading);
  const [top, left, bottom, right] = pads;
  return computes(reading, { kind: 'pad', pads }, [
    'batch',
    shape[1] ?? 0,
    height + top + bottom,
    width + left + right,
  ]);
};

/** Top, left, bottom, right, out of the amounts before and after each of four axes. */
function readSides(reading: Reading): Pad['pads'] {
  const pads = numbersInput(reading, 1) ?? attribute(reading.node, 'pads', 'ints') ?? [];
  const [n0, c0, top = -1, left = -1, n1, c1, bottom = -1, right = -1] = pads;
  const others = [n0, c0, n1, c1];
  const sides = [top, left, bottom, right] as const;
  if (pads.length === 8 && others.every((amount) => amount === 0) && sides.every((amount) => amount >= 0)) return sides;
  const allowed = 'only height and width can be padded, and not by less than 0';
  throw unsupported(reading, `its pads are ${shapeText(pads)}, but ${allowed}`);
}

function padValue(reading: Reading): number | undefined {
  const input = reading.inputs[2];
  if (input === undefined) return attribute(reading.node, 'value', 'float') ?? 0;
  if (input.kind === 'parameter') return constantValue(input.parameter);
  return input.kind === 'sizes' ? Number(input.sizes[0]) : undefined;
}
