/**
 * How fast a folder of pictures comes into the catalog: `node test/workbench/bench.ts [COUNT] [grey|color]` (34,000, grey when
 * not given). Makes COUNT PNGs of 256 × 256 pixels, imports them, imports them again unchanged, and pages through them. Prints
 * when the first thumbnail could be shown, files per second, processor time of all threads, peak memory, and how many times
 * quicker the second import was.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import sharp from 'sharp';
import { memorySettings } from '../../src/cli/memory-settings.js';

const count = Number(process.argv[2] ?? 34_000);
const kind = process.argv[3] ?? 'grey';
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

const waves = Array.from({ length: side + count }, (_, at) => 90 * Math.sin(at / 40));
const fades = Array.from({ length: side }, (_, y) => Math.cos(y / 50));

async function makePicture(folder: string, index: number): Promise<void> {
  const pixels = new Uint8Array(side * side);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [at % side, Math.trunc(at / side)];
    pixels[at] = 128 + (waves[x + index] ?? 0) * (fades[y] ?? 0) + ((at * 7919 + index) % 13);
  }
  const png = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace(kind === 'grey' ? 'b-w' : 'srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
  await writeFile(path.join(folder, 'Train', classes[index % classes.length] ?? '', `picture (${index}).png`), png);
}

/** What one import took, told to the process that began it. */
interface Measured {
  readonly seconds: number;
}

async function measureImport(folder: string, catalog: string): Promise<void> {
  const workbench = createWorkbench({ catalog });
  const [start, used] = [performance.now(), process.cpuUsage()];
  let first = 0;
  const report = await workbench.importDataset(
    { folder },
    { onProgress: () => void (first ||= performance.now() - start) },
  );
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  await workbench.close();
  const done = report.samples.added + report.samples.changed;
  print(
    `${done} read, ${report.samples.unchanged} as they were: ${seconds.toFixed(2)} s, ${(count / seconds).toFixed(0)} files/s` +
      (done > 0 ? `, first thumbnails after ${(first / 1000).toFixed(2)} s` : ''),
  );
  const processor = (user + system) / 1000 / count;
  print(`peak memory ${(await readPeakMb()).toFixed(0)} MB, ${processor.toFixed(2)} ms of processor time a file`);
  process.send?.({ seconds } satisfies Measured);
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

/** Each import has a process of its own, so that its memory and its processor time are its own. Returns its seconds. */
async function importApart(folder: string, catalog: string): Promise<number> {
  const settings = { env: { ...process.env, ...memorySettings.env }, execArgv: [...memorySettings.flags] };
  const child = fork(import.meta.filename, [String(count), kind, folder, catalog], settings);
  let seconds = 0;
  child.on('message', (measured) => void ({ seconds } = measured as Measured));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`the import ended with exit code ${code}`);
  return seconds;
}

async function measureAll(): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), 'lightbox-import-'));
  try {
    const [folder, catalog] = [path.join(place, 'pictures'), path.join(place, 'catalog.lightbox')];
    await makePictures(folder);
    const first = await importApart(folder, catalog);
    const second = await importApart(folder, catalog);
    print(`the second import was ${(first / second).toFixed(0)} times quicker`);
    measurePages(catalog);
  } finally {
    await rm(place, { recursive: true });
  }
}

const [folder, catalog] = process.argv.slice(4);
if (folder !== undefined && catalog !== undefined) await measureImport(folder, catalog);
else await measureAll();
