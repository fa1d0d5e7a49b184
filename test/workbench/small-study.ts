import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { openCatalog, type ReadonlyCatalog, type Sample } from '#core/catalog/index.ts';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { createWorkbench, type ImportReport, type ImportRequest, type Workbench } from '#core/workbench/index.ts';

export const size = 32;
export const labels = ['effusion', 'nodule', 'normal'];

/** A folder with a catalog and room for datasets and models, for as long as a test runs. */
export interface Study {
  readonly folder: string;
  /** The catalog's file. */
  readonly catalog: string;
  readonly workbench: Workbench;
  /** A path in the folder. */
  at(...parts: string[]): string;
  /** Writes files of a dataset: text, bytes, or the seed of a picture of noise. Returns the dataset's folder. */
  write(dataset: string, files: Readonly<Record<string, string | Uint8Array | number>>): Promise<string>;
  import(dataset: string, request?: Partial<ImportRequest>): Promise<ImportReport>;
  /** Looks into the catalog. */
  look<Result>(work: (catalog: ReadonlyCatalog) => Result): Result;
  /** The samples of a dataset by path. */
  samples(dataset: string): readonly Sample[];
  remove(): Promise<void>;
}

export async function createStudy(): Promise<Study> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-study-')));
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  const catalog = at('study.lightbox');
  const workbench = createWorkbench({ catalog, threads: 1 });
  const look: Study['look'] = (work) => {
    const opened = openCatalog(catalog, { readonly: true });
    try {
      return work(opened);
    } finally {
      opened.close();
    }
  };
  return {
    ...{ folder, catalog, workbench, at, look },
    write: (dataset, files) => writeDataset(at(dataset), files),
    import: (dataset, request = {}) => workbench.importDataset({ folder: at(dataset), ...request }),
    samples: (dataset) => look((opened) => listSamples(opened, dataset)),
    remove: async () => {
      await workbench.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function listSamples(catalog: ReadonlyCatalog, name: string): readonly Sample[] {
  const dataset = catalog.datasets.find(name);
  if (!dataset) throw new Error(`The catalog has no dataset ${name}.`);
  return catalog.samples.listFiles(dataset.id).map(({ id }) => catalog.samples.get(id));
}

async function writeDataset(folder: string, files: Parameters<Study['write']>[1]): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'number' ? await drawNoise(content) : content);
  }
  return folder;
}

/** A grey PNG of seeded noise. */
export function drawNoise(seed: number, [width, height] = [size, size]): Promise<Buffer> {
  const noise = createNormalValues(`picture ${seed}`, width * height, { mean: 120, deviation: 40 });
  return encode(
    Uint8Array.from(noise, (value) => Math.min(255, Math.max(0, value))),
    width,
  );
}

/** A mask that is white in its first pixels. */
export function drawMask(area: number): Promise<Buffer> {
  return encode(new Uint8Array(size * size).fill(255, 0, area), size);
}

function encode(pixels: Uint8Array, width: number): Promise<Buffer> {
  const raw = { width, height: pixels.length / width, channels: 1 } as const;
  return sharp(pixels, { raw }).png({ compressionLevel: 1 }).toBuffer();
}

/** Saves a narrow network, with a manifest where it is to have names for its classes. */
export async function writeModel(file: string, names: readonly string[] = labels, seed = 3): Promise<string> {
  const form = { arch: 'resnet18', width: 8, classes: labels.length, size, seed, batchNorm: 'folded' } as const;
  await saveModel(createNetwork(form), file);
  const manifest = { title: 'Narrow network', input: { width: size, height: size }, labels: names };
  await writeFile(`${file.replace(/\.onnx$/, '')}.manifest.json`, JSON.stringify(manifest));
  return file;
}

/** All bytes of a catalog as it lies on the disk, its log and thumbnails included. */
export function readCatalogBytes(catalog: string): Buffer {
  const parts = ['', '-wal', '.thumbnails', '.thumbnails-wal'].map((end) => `${catalog}${end}`);
  return Buffer.concat(parts.filter((file) => existsSync(file)).map((file) => readFileSync(file)));
}
