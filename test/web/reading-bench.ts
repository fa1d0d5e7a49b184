/**
 * How fast pictures are read: `node test/web/reading-bench.ts`. Films of 2048 x 2048 with heatmaps that are in the catalog, in Chromium at
 * two sizes of the window; from the key to the frame after the pixels. Medians and the longest of some, printed; run by hand, on a machine
 * that does nothing else.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import sharp from 'sharp';
import { buildWindow, openWindow } from './open-window.ts';

const side = 2048;
const mapSide = 224;
const films = 14;
const composites = ['EpsilonPlus', 'EpsilonPlusFlat'] as const;
const labels = ['COVID-19', 'Non-COVID', 'Normal'];
const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-reading-bench-'));
const catalog = path.join(folder, 'bench.lightbox');
const bundle = path.join(folder, 'bundle');
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Smooth, as films are, with grain. */
async function drawFilm(seed: number): Promise<Buffer> {
  const pixels = new Uint8Array(side * side);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    pixels[at] = 128 + 80 * Math.sin((x + 37 * seed) / 211) * Math.cos(y / 173) + (((at * 7919) >> 3) % 9);
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function fill(): Promise<void> {
  await mkdir(path.join(folder, 'films'));
  for (let film = 0; film < films; film++)
    await writeFile(path.join(folder, 'films', `film-${String(film).padStart(2, '0')}.png`), await drawFilm(film));
  const workbench = createWorkbench({ catalog });
  await workbench.importDataset({ folder: path.join(folder, 'films'), name: 'films' });
  await workbench.close();
  const file = openCatalog(catalog);
  const hashes = file.samples.listFiles(1).flatMap(({ contentSha256 }) => contentSha256 ?? []);
  const model = file.models.insert({ sha256: 'f'.repeat(64), file: 'm.onnx', labels, architecture: {} }).id;
  const setup = file.setups.insert({ model, kind: 'prediction', settings: { input } }).id;
  const probabilities = Float32Array.of(0.7, 0.2, 0.1);
  const said = { logits: probabilities, probabilities, predicted: 0, confidence: 0.7 };
  file.predictions.insertAll(
    { setup, origin },
    hashes.map((contentSha256) => ({ contentSha256, ...said })),
  );
  for (const composite of composites) await attribute(file, { model, composite, hashes });
  file.close();
}

const origin = { version: '0.1.0', provider: 'cpu' } as const;
const input = {
  ...{ width: mapSide, height: mapSide, channels: 'rgb', fit: 'whole', resizeTo: mapSide, resize: 'nearest' },
  ...{ range: [0, 1], mean: [0], std: [1] },
};

interface Attributing {
  readonly model: number;
  readonly composite: (typeof composites)[number];
  readonly hashes: readonly string[];
}

async function attribute(file: Catalog, { model, composite, hashes }: Attributing): Promise<void> {
  const settings = { input, composite: { name: composite }, initial: 'one', target: 'predicted' };
  const setup = file.setups.insert({ model, kind: 'attribution', settings }).id;
  for (const [film, contentSha256] of hashes.entries()) {
    const wave = 60 + composite.length;
    const values = Float32Array.from({ length: mapSide ** 2 }, (_, at) => Math.sin(at / wave + film) ** 5);
    const arraySha256 = await file.arrays.save({ shape: [mapSide, mapSide], values });
    const row = { contentSha256, arraySha256, composite, target: 0, initialRelevance: 1, sum: 1, provenance: {} };
    file.attributions.insertAll({ setup, origin }, [row]);
  }
}

/** Milliseconds from a key to the frame after a canvas looks otherwise, told by a few of its pixels. */
async function timeKey(page: Page, key: string, id: 'picture' | 'overlay'): Promise<number> {
  const measuring = page.evaluate(async (canvasId) => {
    const look = (): string => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[data-testid="${canvasId}"]`);
      const context = canvas && !canvas.hidden && canvas.width !== 300 ? canvas.getContext('2d') : undefined;
      if (!canvas || !context) return '';
      const at = (share: number): string =>
        context.getImageData(canvas.width * share, canvas.height * share, 1, 1).data.join();
      return [0.2, 0.33, 0.45, 0.6, 0.7].map(at).join(' ');
    };
    const before = look();
    const start = await new Promise<number>((resolve) => {
      const began = (event: Event): void => {
        resolve(event.timeStamp);
      };
      window.addEventListener('keydown', began, { capture: true, once: true });
      document.documentElement.dataset['ready'] = 'yes';
    });
    delete document.documentElement.dataset['ready'];
    for (let now = before; now === '' || now === before; now = look()) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - start;
  }, id);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  await page.keyboard.press(key);
  return measuring;
}

async function measure(
  page: Page,
  name: string,
  [keys, canvas]: readonly [readonly string[], 'picture' | 'overlay'],
): Promise<void> {
  const times: number[] = [];
  for (const key of keys) {
    times.push(await timeKey(page, key, canvas));
    await page.waitForTimeout(700);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const [median = 0, longest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  write(
    `  ${name.padEnd(52)} ${median.toFixed(0).padStart(5)} ms (median), ${longest.toFixed(0)} (longest of ${times.length})`,
  );
}

await fill();
await buildWindow(bundle);
for (const viewport of [
  { width: 1280, height: 720 },
  { width: 2560, height: 1440 },
]) {
  const opened = await openWindow({ catalog, bundle, viewport });
  const { page } = opened;
  write(`${viewport.width} x ${viewport.height}`);
  // A window opens where the one before was left, once it has its session.
  await page.locator('.cell img').first().waitFor();
  await page.waitForTimeout(1500);
  if ((await page.locator('.reading').count()) === 0) await page.locator('[data-place="0"]').click();
  await page.getByTestId('window').waitFor();
  await page.waitForTimeout(1500);
  await page.keyboard.press('Home');
  await page.waitForTimeout(1500);
  const down = Array.from({ length: 9 }, () => 'ArrowDown');
  await measure(page, 'the next picture', [down, 'picture']);
  await page.keyboard.press('Home');
  await page.keyboard.press('o');
  await page.waitForTimeout(1500);
  await measure(page, 'the next picture, until its heatmap is there', [down, 'overlay']);
  const others = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? 'Comma' : 'Period'));
  await measure(page, 'another heatmap of the catalog', [others, 'overlay']);
  const fades = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? 'BracketLeft' : 'BracketRight'));
  await measure(page, 'an overlay control', [fades, 'overlay']);
  await page.keyboard.press('o');
  await page.waitForTimeout(1000);
  await opened.close();
}
rmSync(folder, { recursive: true });
