import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createNetwork } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { compositeNames } from '#shared/composite-names.ts';
import { startWebHost, type WebHost } from '#web/index.ts';
import { createSmallWorld, labels, size, type SmallWorld } from '../cli/small-world.ts';

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const title = browserPath ? 'explaining' : 'explaining (skipped: Chromium is not installed)';

/** On a busy machine computing takes its time. */
const soon = <Value>(look: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> =>
  expect.poll(look, { timeout: 30_000 });

/** Heatmaps asked for in the window, in a real browser: computed, found again, laid side by side, refused in sentences. */
describe.skipIf(!browserPath)(title, { timeout: 60_000 }, () => {
  let world: SmallWorld;
  let workbench: Workbench;
  let host: WebHost;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    world = await createSmallWorld(4);
    await saveSecondModel(world);
    const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'silent', build: { outDir: world.at('bundle') } });
    workbench = createWorkbench({ catalog: world.at('catalog.lightbox'), threads: 1 });
    await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
    for (const name of ['network.onnx', 'second.onnx'])
      await workbench.predictDataset({ dataset: 'small', modelPath: world.at(name), provider: 'cpu' });
    host = await startWebHost({ workbench, bundle: world.at('bundle') });
    browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(host.url);
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('viewport-picture').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await host.close();
    await workbench.close();
    await world.remove();
  });

  const countKept = (): number => {
    const catalog = openCatalog(world.at('catalog.lightbox'), { readonly: true });
    const ids = catalog.datasets.list().flatMap(({ id }) => catalog.samples.listFiles(id).map((file) => file.id));
    const count = ids.reduce((sum, id) => sum + catalog.attributions.list(id).length, 0);
    catalog.close();
    return count;
  };
  const overlay = (viewport: string): ReturnType<Page['locator']> =>
    page.getByTestId(`viewport-${viewport}`).getByTestId('overlay');
  /** The colors of a map; '' while it is not shown. */
  const colors = async (viewport: string): Promise<string> =>
    (await overlay(viewport).isVisible())
      ? overlay(viewport).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
      : '';
  const shown = async (viewport: string): Promise<string> => {
    await soon(() => colors(viewport)).not.toBe('');
    return colors(viewport);
  };
  /** Until a map looks as it should; computing takes its time on a busy machine. */
  const becomes = async (viewport: string, wanted: (look: string) => boolean): Promise<void> => {
    await soon(async () => wanted(await colors(viewport))).toBe(true);
  };
  const changes = (viewport: string, from: string): Promise<void> =>
    becomes(viewport, (look) => !['', from].includes(look));
  const choose = async (name: string, option: string): Promise<void> => {
    await page.getByRole('combobox', { name, exact: true }).selectOption(option);
  };

  test('nothing is computed before a heatmap is asked for; then it is kept, and a second asking computes nothing', async () => {
    await page.waitForTimeout(300);
    expect(countKept()).toBe(0);
    await page.keyboard.press('o');
    await shown('picture');
    await soon(countKept).toBe(1);
    expect(await page.getByTestId('about-map').textContent()).toMatch(/^In the catalog\. Explains \w+\./);
    // The window opens where it was left: at this picture, with its heatmap.
    await page.waitForTimeout(900);
    await page.reload();
    await shown('picture');
    expect(countKept()).toBe(1);
  });

  test('another composite and another class are other maps, each with its caution', async () => {
    const first = await shown('picture');
    const caution = await page.getByTestId('caution').textContent();
    await page.keyboard.press('.');
    await changes('picture', first);
    expect(await page.getByTestId('caution').textContent()).not.toBe(caution);
    await page.keyboard.press(',');
    await becomes('picture', (look) => look === first);
    await page.keyboard.press('t');
    await changes('picture', first);
    expect(await page.getByTestId('checker').textContent()).toMatch(/^Checker pattern \d+%$/);
  });

  test('the next picture is asked the same', async () => {
    await page.keyboard.press('F3');
    const first = await shown('heatmap');
    await page.keyboard.press('ArrowDown');
    await soon(() => page.getByTestId('place').textContent()).toBe('2 of 4');
    await changes('heatmap', first);
  });

  test('seven composites lie on one scale, with what they agree on and how alike they are', async () => {
    await page.keyboard.press('F4');
    for (const name of compositeNames) await shown(name);
    await shown('agreement');
    expect(await page.getByTestId('map-scale').textContent()).toMatch(/^One scale: .+ to .+% of a map's relevance/);
    const cells = await page.getByTestId('likeness').locator('td[title]').allTextContents();
    expect(cells).toHaveLength(21);
    expect(cells.every((cell) => /^\u2212?[01]\.\d\d$/.test(cell))).toBe(true);
    const onOneScale = await colors('EpsilonPlus');
    await choose('Colors', 'each map its own scale');
    await soon(() => page.getByTestId('map-scale').textContent()).toBe('Each map on its own scale.');
    expect(await colors('EpsilonPlus')).not.toBe(onOneScale);
    await choose('Colors', 'one scale, shares of each map');
  });

  test('two models stand beside their difference; X swaps them, D takes the difference away', async () => {
    await page.keyboard.press('F7');
    // The scale is that of all three, so they are looked at when all are there.
    const difference = await shown('difference');
    const [first, second] = [await shown('first'), await shown('second')];
    expect(new Set([first, second, difference]).size).toBe(3);
    await page.keyboard.press('x');
    await becomes('first', (look) => look === second);
    await becomes('second', (look) => look === first);
    await page.keyboard.press('d');
    await soon(() => page.getByTestId('viewport-difference').count()).toBe(0);
  });

  test('unlinked, only the picture under the pointer moves; linked, all do', async () => {
    await page.keyboard.press('F3');
    const place = (viewport: string): Promise<string> =>
      page
        .getByTestId(`viewport-${viewport}`)
        .locator('.film')
        .evaluate((film) => (film as HTMLElement).style.transform);
    const zoomIn = async (): Promise<void> => {
      await page.getByTestId('viewport-heatmap').hover();
      await page.mouse.wheel(0, -300);
    };
    await shown('heatmap');
    await zoomIn();
    await soon(async () => (await place('picture')) === (await place('heatmap'))).toBe(true);
    await page.keyboard.press('s');
    await zoomIn();
    await soon(async () => (await place('picture')) === (await place('heatmap'))).toBe(false);
    await page.keyboard.press('s');
    await soon(async () => (await place('picture')) === (await place('heatmap'))).toBe(true);
    await page.getByRole('button', { name: 'Look at single pixels' }).click();
    const scale = async (): Promise<number> => Number(/matrix\(([\d.]+)/.exec(await place('heatmap'))?.[1]);
    await soon(scale).toBeGreaterThan(5);
  });

  test('concepts: layers, channels by their share, where the chosen one lies, and why there are no references yet', async () => {
    await page.keyboard.press('F6');
    const first = await shown('concept');
    const current = (list: string): Promise<string | null> =>
      page.getByLabel(list, { exact: true }).locator('[aria-current=true]').textContent();
    expect(await current('Layers')).toMatch(/^layer4\.1\.sum/);
    const strongest = await current('Concepts');
    expect(strongest).toMatch(/^channel \d+\d+\.\d%$/);
    await page.keyboard.press('k');
    await changes('concept', first);
    expect(await current('Concepts')).not.toBe(strongest);
    await page.keyboard.press('<');
    await soon(() => current('Layers')).not.toMatch(/^layer4\.1\.sum/);
    await soon(() => page.getByTestId('references').textContent()).toMatch(/lightbox reference --dataset/);
    await page.keyboard.press('F3');
  });

  test('told to ask first, it asks first', async () => {
    await page.getByRole('switch', { name: 'Compute without asking' }).click();
    const before = countKept();
    await page.keyboard.press('ArrowDown');
    await page.getByTestId('viewport-heatmap').getByText('not computed').waitFor();
    expect(countKept()).toBe(before);
    await page.getByTestId('viewport-heatmap').getByRole('button', { name: 'Compute' }).click();
    await shown('heatmap');
    await soon(countKept).toBe(before + 1);
    await page.getByRole('switch', { name: 'Compute without asking' }).click();
  });

  test('an engine that dies is told in a sentence, and the next question is answered', async () => {
    await page.keyboard.press('ArrowDown');
    await shown('heatmap');
    const engine = await findEngine();
    process.kill(engine, 'SIGSTOP');
    await page.keyboard.press('.');
    await page.getByTestId('viewport-heatmap').getByRole('button', { name: 'Cancel' }).waitFor();
    process.kill(engine, 'SIGKILL');
    const fault = page.getByTestId('viewport-heatmap').getByRole('alert');
    await fault.waitFor();
    expect(await fault.textContent()).toMatch(/^The engine process ended unexpectedly .* Try again/);
    await page.getByTestId('viewport-heatmap').getByRole('button', { name: 'Try again' }).click();
    await shown('heatmap');
  });

  test('a model whose file is gone says what to do, and shows what is known of it', async () => {
    const known = await shown('heatmap');
    await rename(world.modelPath, `${world.modelPath}.away`);
    await rename(world.at('second.onnx'), world.at('second.away'));
    await page.keyboard.press('.');
    const fault = page.getByTestId('viewport-heatmap').getByRole('alert');
    await expect
      .poll(() => fault.textContent())
      .toMatch(/is not there any more; put the file back, or name its new place/);
    await page.keyboard.press(',');
    await becomes('heatmap', (look) => look === known);
    expect(faults).toEqual([]);
  });
});

/** The same classes, other weights. */
async function saveSecondModel(world: SmallWorld): Promise<void> {
  const form = { arch: 'resnet18', width: 8, classes: labels.length, size, seed: 4, batchNorm: 'folded' } as const;
  await saveModel(createNetwork(form), world.at('second.onnx'));
  await copyFile(world.at('network.manifest.json'), world.at('second.manifest.json'));
}

/** The process that computes, a child of this one. */
async function findEngine(): Promise<number> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(process.pid), '-f', 'engine-process']);
  return Number(stdout.trim().split('\n')[0]);
}
