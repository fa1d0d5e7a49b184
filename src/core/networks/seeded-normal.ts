/** Seeded normal numbers, quick enough to fill the 138 million weights of VGG16 in about a second. */

const tableLength = 65_536;
let sharedTable: Float32Array | undefined;

/**
 * `length` normal numbers of the given mean and standard deviation; the same seed text gives the same numbers everywhere.
 * Values are drawn from a table of 65,536 normal numbers, two to each draw of the generator.
 */
export function createNormalValues(seedText: string, length: number, { mean = 0, deviation = 1 } = {}): Float32Array {
  const draw = createGenerator(hashText(seedText));
  const table = (sharedTable ??= createTable());
  const values = new Float32Array(length);
  for (let index = 0; index < length; index += 2) {
    const bits = draw();
    values[index] = mean + deviation * (table[bits & 0xffff] ?? 0);
    values[index + 1] = mean + deviation * (table[bits >>> 16] ?? 0);
  }
  return values;
}

/** Box and Muller's transform of pairs of uniform numbers. */
function createTable(): Float32Array {
  const draw = createGenerator(hashText('normal table'));
  const uniform = (): number => (draw() + 0.5) / 2 ** 32;
  const table = new Float32Array(tableLength);
  for (let index = 0; index < tableLength; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    table[index] = radius * Math.cos(angle);
    table[index + 1] = radius * Math.sin(angle);
  }
  return table;
}

/** Unsigned 32-bit numbers by xoshiro128++ (Blackman and Vigna, 2018). */
function createGenerator(seed: number): () => number {
  let [a, b, c, d] = spreadSeed(seed);
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
