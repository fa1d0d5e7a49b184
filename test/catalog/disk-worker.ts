/** What a catalog does on a disk that is full or read-only: `disk-worker.ts full|readonly FOLDER`; prints one JSON object. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';

/** The code and sentence of each step's failure, or what it gave. */
export type DiskReport = Readonly<Record<string, unknown>>;

const [work = '', folder = ''] = process.argv.slice(2);
const at = (name: string): string => path.join(folder, name);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const map = { shape: [64, 1024], values: Float32Array.from({ length: 65_536 }, () => Math.random()) };

/** What it gives, or the code of its failure. */
async function tell(step: () => unknown): Promise<unknown> {
  try {
    return await step();
  } catch (cause) {
    const { code, message } = LightboxError.from(cause);
    return `${code}: ${message}`;
  }
}

function insertBatch(catalog: Catalog, dataset: number, batch: string): void {
  const samples = Array.from({ length: 100 }, (_, index) => ({
    ...{
      path: `${batch}/${index}.png`,
      contentSha256: hashOf(`${batch} ${index}`),
      masks: [],
      metadata: { note: 'x'.repeat(100) },
    },
  }));
  catalog.samples.insertAll(dataset, samples);
}

function createDataset(catalog: Catalog): number {
  return catalog.datasets.insert({ name: 'd', folder: '/d', layout: 'folders', profile: 'basic', recipe: {} }).id;
}

async function fillDisk(): Promise<DiskReport> {
  writeFileSync(at('filler'), Buffer.alloc(600_000));
  const catalog = openCatalog(at('full.catalog'));
  const dataset = createDataset(catalog);
  let inserted = 0;
  const filling = await tell(() => {
    for (;;) {
      insertBatch(catalog, dataset, `${inserted}`);
      inserted += 100;
    }
  });
  const whileFull = {
    ...{ saving: await tell(() => catalog.arrays.save(map)), making: await tell(() => openCatalog(at('new.catalog'))) },
    ...{ backup: await tell(() => catalog.backup(at('backup.catalog'))), compact: await tell(() => catalog.compact()) },
    isComplete: catalog.samples.count({ dataset }) === inserted && inserted > 0,
    soundness: (await catalog.check()).sound,
    left: readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('draft')),
  };
  rmSync(at('filler'));
  const afterwards = await tell(async () => {
    insertBatch(catalog, dataset, 'more');
    await catalog.arrays.load(await catalog.arrays.save(map));
    return {
      isComplete: catalog.samples.count({ dataset }) === inserted + 100,
      soundness: (await catalog.check()).sound,
    };
  });
  catalog.close();
  return { filling, ...whileFull, afterwards };
}

async function readOnly(): Promise<DiskReport> {
  const catalog = openCatalog(at('a.catalog'));
  const dataset = createDataset(catalog);
  insertBatch(catalog, dataset, 'a');
  const array = await catalog.arrays.save(map);
  await catalog.backup(at('backup.catalog'));
  // As a process leaves it that was killed.
  copyFileSync(at('a.catalog'), at('killed.catalog'));
  copyFileSync(at('a.catalog-wal'), at('killed.catalog-wal'));
  catalog.close();
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  const reading = openCatalog(at('a.catalog'), { readonly: true });
  return {
    writing: await tell(() => openCatalog(at('a.catalog'))),
    making: await tell(() => openCatalog(at('new.catalog'))),
    count: reading.samples.count({ dataset }),
    soundness: (await reading.check()).sound,
    shape: (await reading.arrays.load(array)).shape,
    thumbnail: reading.thumbnails.find(hashOf('a 1'), 64),
    killed: await tell(() => openCatalog(at('killed.catalog'), { readonly: true })),
    backup: await tell(() => openCatalog(at('backup.catalog'), { readonly: true }).samples.count({ dataset })),
  };
}

const report = work === 'full' ? await fillDisk() : await readOnly();
process.stdout.write(JSON.stringify(report));
