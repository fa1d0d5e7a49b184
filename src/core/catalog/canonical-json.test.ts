import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, writeCanonicalJson } from './canonical-json.ts';

const reverseKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reverseKeys(part)]),
  );
};

describe('writeCanonicalJson', () => {
  it('does not depend on the order of keys, and loses nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (value) => {
        const text = writeCanonicalJson(value);
        expect(text).toBe(writeCanonicalJson(reverseKeys(value) as object));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 3 },
    );
  });

  it('leaves out what is undefined', () => {
    expect(writeCanonicalJson({ b: 1, a: undefined, c: [{ z: 1, y: 2 }] })).toBe('{"b":1,"c":[{"y":2,"z":1}]}');
  });

  it.each([NaN, Infinity])('refuses %s, which would become null', (gamma) => {
    expect(() => writeCanonicalJson({ rule: { gamma } })).toThrow('"gamma" is');
  });
});

it('hashText is SHA-256 (FIPS 180-4, one-block example)', () => {
  expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
