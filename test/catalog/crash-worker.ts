/**
 * Works on a catalog until it is killed: `crash-worker.ts FILE WORK SEED`. Prints a line of JSON for everything that a call
 * has acknowledged, after it has.
 */
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';

export interface Acknowledged {
  /** A folder of samples put in at once. */
  readonly batch?: string;
  /** A sample that was attributed. */
  readonly attributed?: string;
  /** A job that was reported done. */
  readonly job?: number;
  readonly backup?: string;
  /** A dataset that was deleted. */
  readonly deleted?: string;
}

export const batchSize = 20;
const origin = { version: '0.1.0', provider: 'cpu' } as const;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const acknowledge = (what: Acknowledged): void => void writeSync(1, `${JSON.stringify(what)}\n`);

/** `begin` only opens the catalog and ends. */
const works = {
  ...{ import: importForever, attribute: attributeForever, keep: keepForever, delete: deleteForever },
  begin: () => undefined,
};

function findDataset(catalog: Catalog, name = 'lungs'): number {
  return catalog.transaction(() => {
    const recipe = { name, folder: '/data', layout: 'folders', profile: 'basic', recipe: {} } as const;
    return (catalog.datasets.find(name) ?? catalog.datasets.insert(recipe)).id;
  });
}

function importForever(catalog: Catalog, seed: string): void {
  const dataset = findDataset(catalog);
  for (let round = 0; ; round++) {
    const { id } = catalog.jobs.insert({ kind: 'import', settings: { seed, round }, total: 3 });
    catalog.jobs.start(id);
    for (let step = 0; step < 3; step++) {
      insertBatch(catalog, dataset, `${seed}-${round}-${step}`);
      catalog.jobs.update(id, step + 1);
    }
    catalog.jobs.finish(id);
    acknowledge({ job: id });
  }
}

function insertBatch(catalog: Catalog, dataset: number, batch: string): void {
  const samples = Array.from({ length: batchSize }, (_, index) => ({
    ...{
      path: `${batch}/${index}.png`,
      label: 'Normal',
      contentSha256: hashOf(`${batch}/${index}`),
      metadata: { index },
    },
    masks: ['lung', 'infection'].map((kind) => ({ kind, path: `${batch}/${kind}/${index}.png` })),
  }));
  catalog.samples.insertAll(dataset, samples);
  acknowledge({ batch });
}

async function attributeForever(catalog: Catalog, seed: string): Promise<void> {
  const dataset = findDataset(catalog);
  const model = catalog.models.insert({ sha256: hashOf('m'), file: 'm.onnx', labels: ['Normal'], architecture: {} }).id;
  const predicting = catalog.setups.insert({ model, kind: 'prediction', settings: {} }).id;
  const setup = catalog.setups.insert({ model, kind: 'attribution', settings: {} }).id;
  for (let round = 0; ; round++) {
    const missing = catalog.attributions.listMissing(setup, { dataset }).slice(0, 10);
    if (missing.length === 0) insertBatch(catalog, dataset, `${seed}-more-${round}`);
    for (const { path, contentSha256 } of missing) {
      const scores = Float32Array.of(1);
      const prediction = { contentSha256, logits: scores, probabilities: scores, predicted: 0, confidence: 1 };
      catalog.predictions.insertAll({ setup: predicting, origin }, [prediction]);
      await attribute(catalog, setup, contentSha256);
      acknowledge({ attributed: path });
    }
  }
}

/** Somebody who compacts without mercy may take the array away before its row is there; then it is saved again. */
async function attribute(catalog: Catalog, setup: number, contentSha256: string): Promise<void> {
  const values = Float32Array.from(Buffer.from(contentSha256, 'hex'));
  const arraySha256 = await catalog.arrays.save({ shape: [2, 16], values });
  const facts = { composite: 'A', target: 0, initialRelevance: 1, sum: 1, provenance: {} };
  try {
    catalog.attributions.insertAll({ setup, origin }, [{ ...facts, contentSha256, arraySha256 }]);
  } catch (cause) {
    if (LightboxError.from(cause).code !== 'request/invalid') throw cause;
    await attribute(catalog, setup, contentSha256);
  }
}

async function keepForever(catalog: Catalog, seed: string): Promise<void> {
  for (let round = 0; ; round++) {
    const { file } = await catalog.backup(`${catalog.file}.${seed}-${round}`);
    acknowledge({ backup: file });
    catalog.compact({ orphanAgeMs: 0 });
  }
}

/** Datasets of which half the pictures stand in `lungs` as well. */
async function deleteForever(catalog: Catalog, seed: string): Promise<void> {
  const model = catalog.models.insert({ sha256: hashOf('m'), file: 'm.onnx', labels: ['Normal'], architecture: {} }).id;
  const setup = catalog.setups.insert({ model, kind: 'attribution', settings: {} }).id;
  for (let round = 0; ; round++) {
    const name = `${seed}-${round}`;
    insertBatch(catalog, findDataset(catalog), name);
    const shared = Array.from({ length: batchSize }, (_, index) => `${name}/${index}`);
    const pictures = [...shared, ...shared.map((picture) => `${picture}-own`)];
    const samples = pictures.map((picture) => ({
      path: picture,
      contentSha256: hashOf(picture),
      masks: [],
      metadata: {},
    }));
    const dataset = findDataset(catalog, name);
    catalog.samples.insertAll(dataset, samples);
    const bytes = Uint8Array.of(1);
    catalog.thumbnails.insertAll(samples.map(({ contentSha256 }) => ({ contentSha256, size: 64, bytes })));
    for (const { contentSha256 } of samples.slice(-batchSize - 4)) await attribute(catalog, setup, contentSha256);
    acknowledge({});
    catalog.deleteDataset(dataset);
    acknowledge({ deleted: name });
  }
}

const [file = '', work = '', seed = ''] = process.argv.slice(2);
const catalog = openCatalog(file, { busyTimeoutMs: 20_000 });
acknowledge({});
await works[work as keyof typeof works](catalog, seed);
