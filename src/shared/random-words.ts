/** Seeded random numbers that are the same on every machine. */

/** Unsigned 32-bit numbers by xoshiro128++ (Blackman and Vigna, 2018); the same seed text gives the same sequence. */
export function createRandomWords(seedText: string): () => number {
  let [a, b, c, d] = spreadSeed(hashText(seedText));
  return () => {
    const result = (rotate((a + d) | 0, 7) + a) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}

/** Four words of state from one, by the finalizer of MurmurHash3 over a Weyl sequence. */
function spreadSeed(seed: number): [number, number, number, number] {
  const word = (index: number): number => {
    let mixed = (seed + Math.imul(index, 0x9e3779b9)) | 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  return [word(1), word(2), word(3), word(4)];
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
