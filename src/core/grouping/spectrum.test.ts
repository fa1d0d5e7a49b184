import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findComponents, joinNeighbours, type Affinity } from './affinity.ts';
import { chooseCount } from './eigengap.ts';
import { findSmallest } from './lanczos.ts';
import { decomposeDense } from './dense-eigen.ts';
import { dot, type SymmetricOperator } from './eigenpairs.ts';
import { findNeighbours } from './nearest-neighbours.ts';
import { plantVectors, silently } from './planted-vectors.ts';
import { computeSpectrum, createLaplacian, LARGEST_DENSE } from './spectrum.ts';

/** All eigenvalues by Jacobi's rotations, the oldest and plainest way. */
function jacobiValues(operator: SymmetricOperator): readonly number[] {
  const { size } = operator;
  const matrix = Array.from({ length: size }, (_, row) => {
    const product = new Float64Array(size);
    operator.multiply(
      Float64Array.from({ length: size }, (__, at) => Number(at === row)),
      product,
    );
    return product;
  });
  const at = (row: number, column: number): number => matrix[row]?.[column] ?? NaN;
  const pairs = matrix.flatMap((_, p) => matrix.slice(p + 1).map((__, further) => [p, p + 1 + further] as const));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (const [p, q] of pairs) {
      if (Math.abs(at(p, q)) < 1e-14) continue;
      const angle = 0.5 * Math.atan2(2 * at(p, q), at(q, q) - at(p, p));
      rotate(matrix, [p, q], angle);
    }
  }
  return matrix.map((row, index) => row[index] ?? NaN).sort((a, b) => a - b);
}

function rotate(matrix: readonly Float64Array[], [p, q]: readonly [number, number], angle: number): void {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of matrix)
    [row[p], row[q]] = [c * (row[p] ?? 0) - s * (row[q] ?? 0), s * (row[p] ?? 0) + c * (row[q] ?? 0)];
  const [first, second] = [matrix[p] ?? new Float64Array(), matrix[q] ?? new Float64Array()];
  first.forEach((value, column) => {
    const other = second[column] ?? 0;
    first[column] = c * value - s * other;
    second[column] = s * value + c * other;
  });
}

async function plantedGraph(counts: readonly number[], neighbours: number, noise = 1): Promise<Affinity> {
  const { named } = plantVectors({ counts: [...counts], noise, size: 12 });
  const vectors = named.map(({ vector }) => vector);
  return joinNeighbours((await findNeighbours(vectors, neighbours, silently)).indices);
}

const ring = (size: number): Affinity =>
  Array.from({ length: size }, (_, at) => [(at + 1) % size, (at + size - 1) % size].sort((a, b) => a - b));

describe('the spectrum of a graph', () => {
  it('of a ring is 1 - cos(2 pi k / n)', () => {
    const expected = [0, 1, 1, 2, 2, 3, 3].map((k) => 1 - Math.cos((2 * Math.PI * k) / 24));
    const { pairs } = computeSpectrum(ring(24), 7, 1);
    pairs.forEach(({ value }, at) => {
      expect(value).toBeCloseTo(expected[at] ?? NaN, 10);
    });
  });

  it('agrees with rotations one pair at a time', async () => {
    const affinity = await plantedGraph([14, 12, 9], 4);
    const plain = jacobiValues(createLaplacian(affinity));
    const { pairs } = computeSpectrum(affinity, 8, 1);
    pairs.forEach(({ value }, at) => {
      expect(value).toBeCloseTo(plain[at] ?? NaN, 9);
    });
  });

  it("Lanczos' pairs are those of the whole matrix", async () => {
    const affinity = await plantedGraph([200, 150], 8, 1.5);
    const laplacian = createLaplacian(affinity);
    const whole = decomposeDense(laplacian);
    const first = whole[0]?.vector ?? new Float64Array();
    const found = findSmallest(laplacian, { count: 9, known: [first], seed: 3 });
    found.forEach(({ value, vector }, at) => {
      expect(value).toBeCloseTo(whole[at + 1]?.value ?? NaN, 9);
      expect(Math.abs(dot(vector, whole[at + 1]?.vector ?? vector))).toBeCloseTo(1, 6);
    });
  });

  it('has a zero for every part that nothing joins, also beyond the size of whole matrices', async () => {
    const far = await plantedGraph([LARGEST_DENSE + 60, LARGEST_DENSE + 20, 40], 10, 0.1);
    const { pairs, components, method } = computeSpectrum(far, 6, 1);
    expect({ components, method }).toEqual({ components: 3, method: 'Lanczos' });
    expect(pairs.map(({ value }) => value < 1e-9)).toEqual([true, true, true, false, false, false]);
  }, 60_000);

  it('lies between 0 and 2, and its vectors are of length 1', () => {
    const neighbours = fc.array(fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 5 }), {
      minLength: 30,
      maxLength: 30,
    });
    fc.assert(
      fc.property(neighbours, (indices) => {
        const affinity = joinNeighbours(indices.map((nearest, at) => nearest.filter((one) => one !== at)));
        if (affinity.some((nodes) => nodes.length === 0)) return;
        const { pairs, components } = computeSpectrum(affinity, 30, 1);
        expect(pairs.filter(({ value }) => value < 1e-9)).toHaveLength(components);
        for (const { value, vector } of pairs) {
          expect(value).toBeLessThan(2 + 1e-9);
          expect(dot(vector, vector)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

it('components are found whole', () => {
  expect(findComponents([[2], [3], [0], [1], [5], [4]])).toEqual([[0, 2], [1, 3], [4, 5]]); // prettier-ignore
});

describe('the eigengap', () => {
  it.each([
    [[0, 0, 0, 0.4, 0.5], 3],
    [[0, 0.01, 0.5, 0.6], 2],
    [[0, 0.5, 0.6, 0.65, 0.95], 4],
    [[0, 0.1, 0.2, 0.3], 2],
  ])('of %j is behind eigenvalue %i', (values, count) => {
    expect(chooseCount(values, 8)).toBe(count);
  });

  it('is looked for among few groups only', () => {
    expect(chooseCount([0, 0.1, 0.3, 0.35, 0.9], 3)).toBe(2);
  });
});
