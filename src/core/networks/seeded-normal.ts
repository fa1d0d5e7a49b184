/** Seeded normal numbers, quick enough to fill the 138 million weights of VGG16 in about a second. */

import { createRandomWords } from '#shared/random-words.ts';

const tableLength = 65_536;
let sharedTable: Float32Array | undefined;

/**
 * `length` normal numbers of the given mean and standard deviation; the same seed text gives the same numbers everywhere.
 * Values are drawn from a table of 65,536 normal numbers, two to each draw of the generator.
 */
export function createNormalValues(seedText: string, length: number, { mean = 0, deviation = 1 } = {}): Float32Array {
  const draw = createRandomWords(seedText);
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
  const draw = createRandomWords('normal table');
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
