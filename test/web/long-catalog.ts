import { createHash } from 'node:crypto';
import path from 'node:path';
import { openCatalog, type Catalog, type NewSample } from '#core/catalog/index.ts';
import sharp from 'sharp';
import { drawNoise } from '../workbench/small-study.ts';

/** As long as COVID-QU-Ex. */
export const count = 34_000;
const pictures = 64;
const thumbnailSize = 160;
const labels = ['COVID-19', 'Non-COVID', 'Normal'];
const splits = ['Train', 'Val', 'Test'];
const origin = { version: '0.1.0', provider: 'cpu' } as const;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const labelOf = (index: number): string => labels[(index * 7) % 3] ?? '';

/** Rows are made up, thumbnails are real and few. */
export async function fillLongCatalog(catalog: string): Promise<void> {
  const file = openCatalog(catalog);
  const samples = fillSamples(file, path.dirname(catalog));
  await fillThumbnails(file, samples);
  const model = file.models.insert({ sha256: hashOf('m'), file: 'm.onnx', labels, architecture: {} }).id;
  predict(file, model, samples);
  await attribute(file, model, samples.slice(0, 5000));
  file.close();
}

function fillSamples(file: Catalog, folder: string): readonly NewSample[] {
  const dataset = file.datasets.insert({
    ...{ name: 'bench', folder, layout: 'folders', profile: 'basic', recipe: { keep: [] } },
  }).id;
  const samples = Array.from({ length: count }, (_, index): NewSample => {
    const label = labelOf(index);
    const split = splits[(index * 13) % 3] ?? '';
    return {
      ...{ path: `${split}/${label}/${label} (${index}).png`, split, label, contentSha256: hashOf(String(index)) },
      ...{ bytes: 50_000, mtimeMs: 1, width: 256, height: 256, masks: [], metadata: {} },
    };
  });
  file.samples.insertAll(dataset, samples);
  return samples;
}

async function fillThumbnails(file: Catalog, samples: readonly NewSample[]): Promise<void> {
  const jpegs: Buffer[] = [];
  for (let seed = 0; seed < pictures; seed++)
    jpegs.push(
      await sharp(await drawNoise(seed, [thumbnailSize, thumbnailSize]))
        .jpeg()
        .toBuffer(),
    );
  for (let start = 0; start < count; start += 2000) {
    const chunk = samples.slice(start, start + 2000).map(({ contentSha256 = '' }, at) => ({
      ...{ contentSha256, size: thumbnailSize, bytes: jpegs[(start + at) % pictures] ?? new Uint8Array() },
    }));
    file.thumbnails.insertAll(chunk);
  }
}

function predict(file: Catalog, model: number, samples: readonly NewSample[]): void {
  const setup = file.setups.insert({ model, kind: 'prediction', settings: {} }).id;
  const rows = samples.map(({ contentSha256 = '' }, index) => {
    const predicted = index % 7 === 0 ? index % 3 : labels.indexOf(labelOf(index));
    const probabilities = Float32Array.of(0.2, 0.3, 0.5);
    const confidence = 0.34 + (0.66 * ((index * 7919) % count)) / count;
    return { contentSha256, logits: probabilities, probabilities, predicted, confidence };
  });
  file.predictions.insertAll({ setup, origin }, rows);
}

async function attribute(file: Catalog, model: number, samples: readonly NewSample[]): Promise<void> {
  const input = {
    width: 64,
    height: 64,
    channels: 'rgb',
    fit: 'whole',
    resizeTo: 64,
    resize: 'nearest',
    range: [0, 1],
  };
  const settings = { input: { ...input, mean: [0], std: [1] }, composite: { name: 'EpsilonPlusFlat' }, initial: 'one' };
  const setup = file.setups.insert({ model, kind: 'attribution', settings: { ...settings, target: 'Normal' } }).id;
  const values = Float32Array.from({ length: 64 * 64 }, (_, pixel) => Math.sin(pixel / 70) ** 5);
  const arraySha256 = await file.arrays.save({ shape: [64, 64], values });
  const rows = samples.map(({ contentSha256 = '' }, index) => ({
    ...{ contentSha256, arraySha256, composite: 'EpsilonPlusFlat', target: 2, initialRelevance: 1, sum: index % 97 },
    provenance: {},
  }));
  file.attributions.insertAll({ setup, origin }, rows);
}
