import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { createNormalValues } from '#core/networks/index.ts';
import { float32Initializer, int64Initializer, readModel, saveModel, type Initializer } from '#core/onnx/index.ts';
import { parseComposite, readNetwork } from '#core/relevance/index.ts';
import { blockSizes, openAttribution, relativeError } from './run-attribution.ts';
import { unevenPoolModel, windowsOf, type UnevenPool } from './uneven-pool-graph.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-uneven-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const layouts = await blockSizes();

const lengths = fc.integer({ min: 1, max: 12 });

it('is read as one average pool with the windows of PyTorch, whatever the sizes', () => {
  fc.assert(
    fc.property(fc.tuple(lengths, lengths), fc.tuple(lengths, lengths), (size, pooled) => {
      const { operations, layers, output } = readNetwork(unevenPoolModel({ channels: 3, size, pooled }));
      expect(operations.map(({ form }) => form)).toEqual([
        { kind: 'averagePool', rows: windowsOf(size[0], pooled[0]), columns: windowsOf(size[1], pooled[1]) },
      ]);
      expect(layers).toMatchObject([{ type: 'averagePool', channels: 3, height: pooled[0], width: pooled[1] }]);
      expect(output.shape).toEqual(['batch', 3, ...pooled]);
    }),
  );
});

/** Means and relevance under Norm or the plain gradient, window by window. */
function plainPool(
  { channels, size, pooled }: UnevenPool,
  { x, relevance, rule }: { x: ArrayLike<number>; relevance: ArrayLike<number>; rule: 'Norm' | 'Gradient' },
): { means: Float64Array; back: Float64Array } {
  const means = new Float64Array(channels * pooled[0] * pooled[1]);
  const back = new Float64Array(channels * size[0] * size[1]);
  for (let c = 0; c < channels; c++) {
    windowsOf(size[0], pooled[0]).forEach(([top, bottom], i) => {
      windowsOf(size[1], pooled[1]).forEach(([left, right], j) => {
        const places: number[] = [];
        for (let row = top; row < bottom; row++)
          for (let column = left; column < right; column++) places.push((c * size[0] + row) * size[1] + column);
        const to = (c * pooled[0] + i) * pooled[1] + j;
        const mean = places.reduce((sum, place) => sum + (x[place] ?? NaN), 0) / places.length;
        means[to] = mean;
        const share = (relevance[to] ?? NaN) / places.length;
        const gain = rule === 'Norm' ? share / (mean + (mean >= 0 ? 1e-6 : -1e-6)) : share;
        for (const place of places)
          back[place] = (back[place] ?? NaN) + gain * (rule === 'Norm' ? (x[place] ?? NaN) : 1);
      });
    });
  }
  return { means, back };
}

const pools: readonly (readonly [string, UnevenPool])[] = [
  ['8x8 to 7x7', { channels: 16, size: [8, 8], pooled: [7, 7] }],
  ['10x10 to 7x7', { channels: 16, size: [10, 10], pooled: [7, 7] }],
  ['5x5 to 7x7', { channels: 16, size: [5, 5], pooled: [7, 7] }],
  ['1x1 to 7x7', { channels: 16, size: [1, 1], pooled: [7, 7] }],
  ['6x9 to 7x4', { channels: 3, size: [6, 9], pooled: [7, 4] }],
];

describe.each(layouts)('channel block %i', (blockSize) => {
  it.each(pools)('%s: means and relevance as computed window by window', async (name, pool) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}-${String(blockSize)}.onnx`);
    await saveModel(unevenPoolModel(pool), path);
    const network = readNetwork(await readModel(path));
    const count = pool.channels * pool.size[0] * pool.size[1];
    // Signs stay equal within the windows of a channel: means that cancel would compare nothing but rounding.
    const x = createNormalValues('picture', count).map((value, i) =>
      Math.floor(i / (pool.size[0] * pool.size[1])) % 2 === 0 ? Math.abs(value) + 0.1 : -Math.abs(value) - 0.1,
    );
    const relevance = createNormalValues('relevance', pool.channels * pool.pooled[0] * pool.pooled[1]);
    for (const rule of ['Norm', 'Gradient'] as const) {
      const composite = parseComposite({ types: { averagePool: rule } }, 'pool.json');
      const attribute = await openAttribution(network, { composite, blockSize });
      const found = await attribute({ image: x, count: 1, start: 'given', initial: relevance });
      const { means, back } = plainPool(pool, { x, relevance, rule });
      expect(relativeError(found.logits, means)).toBeLessThan(1e-6);
      expect(relativeError(found.relevance, back), rule).toBeLessThan(1e-6);
    }
  });
});

describe('what is no pool', () => {
  const pool: UnevenPool = { channels: 3, size: [5, 5], pooled: [3, 3] };
  const counts = (values: readonly number[]): Initializer => float32Initializer('counts', [3, 3], values);
  const own = (name: string): Initializer => {
    const found = unevenPoolModel(pool).graph.initializers.get(name);
    if (!found) throw new Error(name);
    return found;
  };
  const withFirst = (name: string, value: number): Initializer => {
    const { dims, data } = own(name);
    const bytes = data.kind === 'memory' ? Uint8Array.from(data.bytes) : new Uint8Array();
    const values = [...new BigInt64Array(bytes.buffer)].map(Number);
    return int64Initializer(name, dims, [value, ...values.slice(1)]);
  };

  it.each<[string, Initializer]>([
    ['a divisor that is not the number of places', counts(Array.from({ length: 9 }, () => 4))],
    ['a divisor of zero', counts(Array.from({ length: 9 }, () => 0))],
    ['an index outside the picture', withFirst('indices', 5)],
    ['an index that takes another place into a window', withFirst('indices', 4)],
    ['a mask of another shape', { ...own('row_ends'), dims: [2, 3, 1, 1] }],
    ['a pick outside the window', int64Initializer('at_1', [], [7])],
  ])('%s is refused with the node named', (_, initializer) => {
    const read = (): unknown => readNetwork(unevenPoolModel(pool, [initializer]));
    expect(read).toThrow(LightboxError);
    expect(read).toThrow(/pool\.onnx/);
  });

  it('random indices are refused or make a pool of what they say, and never anything else', () => {
    const { dims } = own('indices');
    const length = dims.reduce((a, b) => a * b, 1);
    const values = fc.array(fc.integer({ min: -7, max: 7 }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(values, (indices) => {
        expect(() => readNetwork(unevenPoolModel(pool, [int64Initializer('indices', dims, indices)]))).toThrow(
          LightboxError,
        );
      }),
    );
  });
});
