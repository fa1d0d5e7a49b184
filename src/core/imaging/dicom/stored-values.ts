import type { Attributes } from './attributes.ts';
import type { PixelLayout } from './pixel-layout.ts';
import { tags } from './tags.ts';

type BitLayout = Pick<PixelLayout, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'isSigned'>;

/** The number a stored word stands for: unused bits cut away, the sign extended (PS3.5 section 8.1.1). */
export function toStoredValue(word: number, { bitsStored, highBit, isSigned }: BitLayout): number {
  const value = (word >> (highBit + 1 - bitsStored)) & (2 ** bitsStored - 1);
  return isSigned && value >= 2 ** (bitsStored - 1) ? value - 2 ** bitsStored : value;
}

/** How many different words can be stored: 256 or 65,536. */
export const countWords = ({ bitsAllocated }: Pick<PixelLayout, 'bitsAllocated'>): number => 2 ** bitsAllocated;

/**
 * Tells stored values that fill the frame around the picture (PS3.3 section C.7.5.1.1.2): one value, or all between it and
 * the range limit.
 */
export function readPadding(attributes: Attributes, { isSigned }: BitLayout): (stored: number) => boolean {
  const read = (tag: string): number | undefined => (isSigned ? attributes.signed(tag) : attributes.unsigned(tag));
  const value = read(tags.pixelPadding);
  if (value === undefined) return () => false;
  const limit = read(tags.pixelPaddingLimit) ?? value;
  const [low, high] = [Math.min(value, limit), Math.max(value, limit)];
  return (stored) => stored >= low && stored <= high;
}
