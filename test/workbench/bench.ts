/**
 * How fast a folder of pictures comes into the catalog: `node test/workbench/bench.ts [COUNT]` (34,000 when not given).
 * Makes COUNT grey PNGs of 256 × 256 pixels, imports them, imports them again unchanged, and pages through them. Prints when the
 * first thumbnail could be shown, files per second, peak memory, and the two imports' ratio.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import sharp from 'sharp';

const count = Number(process.argv[2] ?? 34_000);
const side = 256;
const classes = ['COVID-19', 'Non-COVID', 'Normal'];
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Smooth shades with some noise: about as large as a radiograph of this size. Numbered, so that no two are alike. */
async function makePictures(folder: string): Promise<void> {
  for (const name of classes) await mkdir(path.join(folder, 'Train', name), { recursive: true });
  for (let start = 0; start < count; start += 64) {
    const some = Array.from({ length: Math.min(64, count - start) }, (_, index) => start + index);
    await Promise.all(some.map((index) => makePicture(folder, index)));
  }
}

async function makePicture(folder: string, index: number): Promise<void> {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.trunc(at / side)];
    return 128 + 90 * Math.sin((x + index) / 40) * Math.cos(y / 50) + ((at * 7919 + index) % 13);
  });
  const png = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  await writeFile(path.join(folder, 'Train', classes[index % classes.length] ?? '', `picture (${index}).png`), png);
}

async function measureImport(folder: string, catalog: string): Promise<void> {
  const workbench = createWorkbench({ catalog });
  const start = performance.now();
  let first = 0;
  const report = await workbench.importDataset(
    { folder },
    { onProgress: () => void (first ||= performance.now() - start) },
  );
  const seconds = (performance.now() - start) / 1000;
  await workbench.close();
  const done = report.samples.added + report.samples.changed;
  print(
    `${done} read, ${report.samples.unchanged} as they were: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} files/s` +
      (first > 0 ? `, first thumbnails after ${(first / 1000).toFixed(2)} s` : ''),
  );
  const { user, system } = process.cpuUsage();
  const processor = (user + system) / 1000 / count;
  print(`peak memory ${(await readPeakMb()).toFixed(0)} MB, ${processor.toFixed(2)} ms of processor time a file`);
}

async function readPeakMb(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function measurePages(catalog: string): void {
  const opened = openCatalog(catalog, { readonly: true });
  const [dataset] = opened.datasets.list();
  if (!dataset) return;
  const request = { dataset: dataset.id, split: 'Train', label: 'Normal', descending: true, limit: 200 };
  opened.samples.page(request);
  const start = performance.now();
  const { samples } = opened.samples.page({ ...request, offset: Math.trunc(count / 4) });
  print(`a filtered, sorted page of ${samples.length}: ${(performance.now() - start).toFixed(1)} ms`);
  opened.close();
}

/** Each import has a process of its own, so that its memory and its processor time are its own. */
async function importApart(folder: string, catalog: string): Promise<void> {
  const [code] = (await once(fork(import.meta.filename, [String(count), folder, catalog]), 'exit')) as [number];
  if (code !== 0) throw new Error(`the import ended with exit code ${code}`);
}

async function measureAll(): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), 'lightbox-import-'));
  try {
    const [folder, catalog] = [path.join(place, 'pictures'), path.join(place, 'catalog.lightbox')];
    await makePictures(folder);
    await importApart(folder, catalog);
    await importApart(folder, catalog);
    measurePages(catalog);
  } finally {
    await rm(place, { recursive: true });
  }
}

const [folder, catalog] = process.argv.slice(3);
if (folder !== undefined && catalog !== undefined) await measureImport(folder, catalog);
else await measureAll();
