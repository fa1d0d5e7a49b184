/** Values that TensorProto keeps in its typed fields instead of raw_data. */
import type { LightboxError } from '#shared/errors.ts';
import type { FileRange, TensorBytes } from './model.ts';
import type { WireReader } from './wire-reader.ts';

export function lengthOfRanges(ranges: readonly FileRange[]): number {
  return ranges.reduce((total, range) => total + range.length, 0);
}

/** Numbers of fixed width that were written in several pieces. */
export function joinRanges(reader: WireReader, ranges: readonly FileRange[]): TensorBytes {
  const bytes = Buffer.concat(ranges.map((range) => reader.bytesAt(range.offset, range.length)));
  return { kind: 'memory', bytes };
}

interface PackedIntegers {
  /** The tensor's name, for errors. */
  readonly name: string;
  readonly ranges: readonly FileRange[];
  readonly elements: number;
  /** Bytes of an element in the tensor: 1, 2, 4 or 8. */
  readonly elementLength: number;
}

/** Integers (and the bits of float16, bfloat16 and bool) as varints become little-endian bytes. */
export function readPackedIntegers(reader: WireReader, integers: PackedIntegers): TensorBytes {
  const { ranges, elements, elementLength } = integers;
  const wrongCount = (): LightboxError =>
    reader.error(`tensor "${integers.name}" does not hold the ${elements} numbers its dimensions need`);
  // A varint takes at least a byte, so what is allocated is bounded by what the file really has.
  if (lengthOfRanges(ranges) < elements) throw wrongCount();
  reader.keep(elements * elementLength);
  const bytes = new Uint8Array(elements * elementLength);
  const view = new DataView(bytes.buffer);
  const write = integerWriters[elementLength];
  let count = 0;
  for (const { offset, length } of ranges) {
    reader.position = offset;
    for (; reader.position < offset + length; count++) {
      reader.varint();
      if (count === elements || reader.position > offset + length) throw wrongCount();
      write?.(view, count * elementLength, reader);
    }
  }
  if (count !== elements) throw wrongCount();
  return { kind: 'memory', bytes };
}

type IntegerWriter = (view: DataView, offset: number, varint: Pick<WireReader, 'low' | 'high'>) => void;

/** By element length. Negative values come sign-extended to 64 bits; the low bytes are the value. */
const integerWriters: Readonly<Record<number, IntegerWriter>> = {
  1: (view, offset, { low }) => {
    view.setUint8(offset, low);
  },
  2: (view, offset, { low }) => {
    view.setUint16(offset, low, true);
  },
  4: (view, offset, { low }) => {
    view.setUint32(offset, low, true);
  },
  8: (view, offset, { low, high }) => {
    view.setUint32(offset, low, true);
    view.setUint32(offset + 4, high, true);
  },
};
