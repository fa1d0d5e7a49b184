/** Catalogs for tests: in a folder of their own, with as many samples as a test can look through. */
import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCatalog, type Catalog } from './catalog.ts';
import type { NewPrediction } from './predictions.ts';
import type { NewSample } from './sample.ts';

export interface CatalogFolder {
  readonly file: string;
  at(name: string): string;
  remove(): void;
}

export function createCatalogFolder(): CatalogFolder {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lightbox-catalog-')));
  return {
    file: path.join(folder, 'study.catalog'),
    at: (name) => path.join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The hash a picture of that name would have. */
export const hashOf = (name: string | number): string => createHash('sha256').update(String(name)).digest('hex');

export function makeSample(path: string, change: Partial<NewSample> = {}): NewSample {
  return { path, contentSha256: hashOf(path), bytes: 1000, mtimeMs: 5, masks: [], metadata: {}, ...change };
}

export const origin = { version: '0.1.0', provider: 'cpu' } as const;

export function makePrediction(content: string, predicted: number, confidence: number): NewPrediction {
  const logits = Float32Array.of(predicted, -confidence, 0.5);
  return { contentSha256: hashOf(content), logits, probabilities: logits.map(Math.exp), predicted, confidence };
}

/** A dataset `lungs` with the samples given, a model with three classes, and a setup to predict with. */
export function fillCatalog(
  file: string,
  samples: readonly NewSample[],
): { readonly catalog: Catalog; readonly dataset: number; readonly model: number; readonly setup: number } {
  const catalog = openCatalog(file);
  const dataset = catalog.datasets.insert({
    ...{ name: 'lungs', folder: '/data/lungs', layout: 'folders', profile: 'basic', recipe: { layout: 'folders' } },
  }).id;
  catalog.samples.insertAll(dataset, samples);
  const model = catalog.models.insert({
    ...{ sha256: hashOf('model'), file: 'model.onnx', labels: ['COVID-19', 'Normal', 'Other'], architecture: {} },
  }).id;
  const setup = catalog.setups.insert({ model, kind: 'prediction', settings: { resize: 224 } }).id;
  return { catalog, dataset, model, setup };
}
