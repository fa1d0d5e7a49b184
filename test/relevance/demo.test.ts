import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodePicture, loadManifest, preprocess } from '#core/imaging/index.ts';
import { readModel } from '#core/onnx/index.ts';
import { createComposite, readNetwork, type CompositeName } from '#core/relevance/index.ts';
import { blockSizes, openAttribution, relativeError, sumOverColor } from './run-attribution.ts';

interface DemoGolden {
  readonly picture: string;
  readonly target: number;
  readonly composite: CompositeName;
  readonly grid: readonly [number, number];
  readonly networks: Readonly<
    Record<string, { logits: Readonly<Record<string, readonly number[]>>; relevance: readonly number[] }>
  >;
}

const folder = join(import.meta.dirname, '..', '..', 'models', 'demo');
const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as DemoGolden;
const size = 224;
const cases = (await blockSizes()).flatMap((block) => Object.keys(golden.networks).map((file) => ({ file, block })));

/** From the picture file to the heatmap: decoding, preprocessing and relevance together give the reference's numbers. */
it.each(cases)(
  '$file explains the marked phantom as the reference does, channel block $block',
  async ({ file, block }) => {
    const path = join(folder, file);
    const { manifest } = await loadManifest(path);
    const picture = await decodePicture(join(folder, 'pictures', golden.picture));
    const { tensor } = preprocess(picture, manifest.input);
    const network = readNetwork(await readModel(path));
    const composite = createComposite(golden.composite);
    const attribute = await openAttribution(network, { composite, blockSize: block });
    const { logits, relevance } = await attribute({ image: tensor, count: 1, targets: [golden.target] });
    const expected = golden.networks[file];
    expect(relativeError(logits, expected?.logits[golden.picture] ?? [])).toBeLessThan(1e-5);
    const heatmap = sumOverColor(relevance, [1, 3, size * size]);
    expect(relativeError(blockSums(heatmap, golden.grid), expected?.relevance ?? [])).toBeLessThan(1e-5);
  },
);

function blockSums(heatmap: Float32Array, [rows, columns]: readonly [number, number]): Float64Array {
  const sums = new Float64Array(rows * columns);
  heatmap.forEach((value, i) => {
    const row = Math.floor((Math.floor(i / size) * rows) / size);
    const column = Math.floor(((i % size) * columns) / size);
    const cell = row * columns + column;
    sums[cell] = (sums[cell] ?? NaN) + value;
  });
  return sums;
}
