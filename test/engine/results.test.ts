import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compositeNames, createComposite } from '#core/relevance/index.ts';
import { classes, composite, createBench, pictures, pixels, relativeDifference, size, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.remove());

describe('results', () => {
  test('an opened model says what it is', () => {
    expect(bench.opened).toMatchObject({
      provider: 'cpu',
      adapter: undefined,
      network: { output: { sizes: [classes] } },
    });
    expect(bench.opened.network.input).toMatchObject({ channels: 3, height: size, width: size });
    expect(bench.opened.network.layers.map(({ name }) => name)).toContain('layer4.1.conv2');
  });

  test('the predicted class is explained, and its logits are those of the forward pass', async () => {
    const images = pictures(2);
    const forward = await bench.engine.open({ modelPath: bench.modelPath, provider: 'cpu' });
    const { logits } = await bench.engine.predict({ handle: forward.handle, images });
    const attribution = await bench.engine.attribute({ handle: bench.opened.handle, images });
    await bench.engine.release(forward.handle);
    expect(relativeDifference(attribution.logits, logits)).toBeLessThan(1e-5);
    expect(attribution.relevance.length).toBe(2 * pixels);
    const largest = [0, 1].map((row) => {
      const own = [...logits.subarray(row * classes, (row + 1) * classes)];
      return own.indexOf(Math.max(...own));
    });
    expect(attribution.targets).toEqual(largest);
  });

  test('pictures together give what each gives alone', async () => {
    const request = { handle: bench.opened.handle, images: pictures(5), targets: [0, 1, 2, 3, -1] };
    const alone = await bench.engine.attribute(request, { batchSize: 1 });
    const together = await bench.engine.attribute(request, { batchSize: 2 });
    expect(relativeDifference(together.relevance, alone.relevance)).toBeLessThan(1e-5);
    expect(together.targets).toEqual(alone.targets);
  });

  test('relevance is linear in the initial relevance', async () => {
    const request = { handle: bench.opened.handle, images: pictures(1), targets: [2] };
    const one = await bench.engine.attribute(request);
    const logit = await bench.engine.attribute({ ...request, initial: 'logit' });
    const given = await bench.engine.attribute({ ...request, initial: { given: Float32Array.of(0, 0, 3, 0) } });
    const scaled = (factor: number): Float32Array => one.relevance.map((value) => value * factor);
    expect(relativeDifference(logit.relevance, scaled(one.logits[2] ?? NaN))).toBeLessThan(1e-5);
    expect(relativeDifference(given.relevance, scaled(3))).toBeLessThan(1e-5);
  });

  test('one shared picture with many targets gives what it gives for each', async () => {
    const images = pictures(1);
    const shared = await bench.engine.open({ modelPath: bench.modelPath, provider: 'cpu', composite, batch: 'shared' });
    const many = await bench.engine.attribute({ handle: shared.handle, images, targets: [0, 1, 2] }, { batchSize: 2 });
    const each = [0, 1, 2].map((target) =>
      bench.engine.attribute({ handle: bench.opened.handle, images, targets: [target] }),
    );
    const joined = (await Promise.all(each)).flatMap(({ relevance }) => [...relevance]);
    expect(relativeDifference(many.relevance, Float32Array.from(joined))).toBeLessThan(1e-5);
    expect(many.logits.length).toBe(classes);
    expect(many.targets).toEqual([0, 1, 2]);
    await bench.engine.release(shared.handle);
  });

  test('taps have the shape of their layer, and a mask of zeros lets nothing through', async () => {
    const layer = 'layer2.0.conv1';
    const tapped = await bench.engine.open({
      ...{ modelPath: bench.modelPath, provider: 'cpu', composite },
      taps: [
        { layer, kind: 'activation' },
        { layer, kind: 'relevance' },
      ],
      conditions: [{ layer, mode: 'through' }],
    });
    const { channels = 0, height, width } = tapped.network.layers.find(({ name }) => name === layer) ?? {};
    const request = { handle: tapped.handle, images: pictures(2) };
    const open = await bench.engine.attribute(request, { batchSize: 2 });
    expect(open.taps.map(({ kind, dims }) => [kind, dims])).toEqual([
      ['activation', [2, channels, height, width]],
      ['relevance', [2, channels, height, width]],
    ]);
    expect(open.relevance.some((value) => value !== 0)).toBe(true);
    const masks = [{ layer, values: new Float32Array(2 * channels) }];
    const shut = await bench.engine.attribute({ ...request, masks }, { batchSize: 2 });
    expect(shut.relevance.every((value) => value === 0)).toBe(true);
    await bench.engine.release(tapped.handle);
  });

  test('a model is described without being opened', async () => {
    const composites = compositeNames.map((name) => createComposite(name));
    const { network: summary, rules } = await bench.engine.describeModel(bench.modelPath, composites);
    expect(summary).toEqual(bench.opened.network);
    expect(Object.keys(rules)).toEqual([...compositeNames]);
    expect(rules['EpsilonPlusFlat']).toMatchObject({
      conv1: 'Flat',
      'layer1.0.conv1': 'ZPlus',
      fc: 'Epsilon(0.000001)',
    });
  });

  test('memory has a peak', async () => {
    const { rssMb, peakRssMb } = await bench.engine.memory();
    expect(rssMb).toBeGreaterThan(20);
    expect(peakRssMb).toBeGreaterThanOrEqual(0.9 * rssMb);
    expect(peakRssMb).toBeLessThan(2000);
  });
});

describe('long runs', () => {
  test('report progress after each batch', async () => {
    const progress: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number): void => void progress.push([done, total]);
    await bench.engine.attribute({ handle: bench.opened.handle, images: pictures(5) }, { batchSize: 2, onProgress });
    expect(progress).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
  });

  test('stop between batches when cancelled', async () => {
    const abort = new AbortController();
    const cancelled = bench.engine.attribute(
      { handle: bench.opened.handle, images: pictures(5) },
      {
        signal: abort.signal,
        onProgress: (done) => {
          if (done === 2) abort.abort();
        },
      },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'job/cancelled', message: 'Cancelled after 2 of 5.' });
  });

  test('of two callers both get their own result', async () => {
    const images = pictures(3);
    const request = { handle: bench.opened.handle, images };
    const both = await Promise.all(
      [0, 1].map((target) => bench.engine.attribute({ ...request, targets: [target, target, target] })),
    );
    const alone = await bench.engine.attribute({ ...request, targets: [1, 1, 1] });
    expect(both[1]?.relevance).toEqual(alone.relevance);
    expect(both[0]?.relevance).not.toEqual(alone.relevance);
  });
});
