import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import { node, readModel, saveModel, valueInfo } from '#core/onnx/index.ts';
import { parseComposite, readNetwork } from '#core/relevance/index.ts';
import { eachOfPlane, outputSize, type PlainForm } from './plain-convolution.ts';
import { blockSizes, openAttribution, relativeError } from './run-attribution.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-pools-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const layouts = await blockSizes();
let count = 0;

interface Pool {
  readonly operator: 'MaxPool' | 'AveragePool';
  readonly form: PlainForm;
  readonly attributes?: Readonly<Record<string, number>>;
  /** What ceil_mode adds at the bottom and the right. */
  readonly overhang?: number;
}

const channels = 16;
const usual = { channels: [channels, channels], size: [8, 8], dilations: [1, 1], group: channels } as const;
const two = { ...usual, kernel: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] } as const;
const three = { ...usual, kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } as const;
const overlapping = { ...usual, kernel: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] } as const;
const odd = { ...two, size: [7, 9] } as const;

/** Every picture has equal values in many windows: they are rounded to halves. */
const picture = (name: string, length: number): Float64Array =>
  Float64Array.from(createNormalValues(name, length), (value) => Math.round(2 * value) / 2);

/** How an output's relevance is dealt out among the inputs of its window. */
type Deal = (places: readonly number[], x: Float64Array, relevance: number) => readonly number[];

const toFirstMaximum: Deal = (places, x, relevance) => {
  const window = places.map((place) => x[place] ?? NaN);
  const winner = window.indexOf(Math.max(...window));
  return window.map((_, i) => (i === winner ? relevance : 0));
};

const byShare =
  (divisor: (inside: number) => number): Deal =>
  (places, x, relevance) => {
    const window = places.map((place) => x[place] ?? NaN);
    const mean = window.reduce((sum, value) => sum + value, 0) / divisor(window.length);
    return window.map((value) => ((value / divisor(window.length)) * relevance) / (mean + (mean >= 0 ? 1e-6 : -1e-6)));
  };

function plainPool(
  form: PlainForm,
  x: Float64Array,
  { relevance, deal }: { relevance: Float64Array; deal: Deal },
): Float64Array {
  const result = new Float64Array(x.length);
  const area = form.size[0] * form.size[1];
  const [height, width] = outputSize(form);
  for (let c = 0; c < channels; c++) {
    const windows = new Map<number, number[]>();
    eachOfPlane(form, ({ to, from }) => windows.set(to, [...(windows.get(to) ?? []), c * area + from]));
    windows.forEach((places, to) => {
      deal(places, x, relevance[c * height * width + to] ?? NaN).forEach((share, i) => {
        const place = places[i] ?? NaN;
        result[place] = (result[place] ?? NaN) + share;
      });
    });
  }
  return result;
}

async function errorOf(
  { operator, form, attributes = {}, overhang = 0 }: Pool,
  deal: Deal,
  blockSize: number,
): Promise<number> {
  const { kernel, strides, pads } = form;
  const counted: PlainForm = { ...form, pads: [pads[0], pads[1], pads[2] + overhang, pads[3] + overhang] };
  const sizes = [channels, ...outputSize(counted)];
  const pool = node(
    operator,
    { inputs: ['x'], outputs: ['y'] },
    { kernel_shape: kernel, strides, pads, ...attributes },
  );
  const graph = {
    name: 'pool',
    nodes: [pool],
    initializers: new Map(),
    inputs: [valueInfo('x', ['batch', channels, ...form.size])],
    outputs: [valueInfo('y', ['batch', ...sizes])],
  };
  const path = join(folder, `${String(count++)}.onnx`);
  await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
  const composite = parseComposite({ types: { averagePool: 'Norm' } }, 'pool.json');
  const attribute = await openAttribution(readNetwork(await readModel(path)), { composite, blockSize });
  const signed = picture('picture', channels * form.size[0] * form.size[1]);
  // Means of mixed sign would cancel; the average is compared where it does not.
  const x = operator === 'MaxPool' ? signed : signed.map((value) => Math.abs(value) + 0.5);
  const initial = createNormalValues(
    'relevance',
    sizes.reduce((a, b) => a * b, 1),
  );
  const run = { image: Float32Array.from(x), count: 1, start: 'given' as const, initial };
  const { relevance } = await attribute(run);
  return relativeError(relevance, plainPool(counted, x, { relevance: Float64Array.from(initial), deal }));
}

describe.each(layouts)('channel block %i', (blockSize) => {
  it.each<[string, Omit<Pool, 'operator'>]>([
    ['2x2 by 2', { form: two }],
    ['3x3 by 2, padded', { form: three }],
    ['3x3 by 1, overlapping', { form: overlapping }],
    ['2x2 by 2, rounded down', { form: odd }],
    ['2x2 by 2, ceil_mode', { form: odd, attributes: { ceil_mode: 1 }, overhang: 1 }],
  ])('max pooling %s gives to the first maximum', async (_, pool) => {
    expect(await errorOf({ ...pool, operator: 'MaxPool' }, toFirstMaximum, blockSize)).toBeLessThan(1e-6);
  });

  it.each<[string, PlainForm]>([
    ['2x2 by 2', two],
    ['3x3 by 2, padded', three],
    ['3x3 by 1, overlapping', overlapping],
    ['2x2 by 2, rounded down', odd],
  ])('average pooling %s under Norm, padding counted and not', async (_, form) => {
    const [whole, padded] = [form.kernel[0] * form.kernel[1], { count_include_pad: 1 }];
    const pool = { operator: 'AveragePool', form } as const;
    expect(
      await errorOf(
        pool,
        byShare((inside) => inside),
        blockSize,
      ),
    ).toBeLessThan(1e-5);
    expect(
      await errorOf(
        { ...pool, attributes: padded },
        byShare(() => whole),
        blockSize,
      ),
    ).toBeLessThan(1e-5);
  });
});
