import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createNetwork } from '#core/networks/index.ts';
import { saveModel, valueInfo } from '#core/onnx/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import { labels, size } from '../cli/small-world.ts';
import { createLabelledWorld, type LabelledWorld } from './labelled-world.ts';
import { findSerious } from './find-serious.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** On a busy machine computing takes its time. */
const soon = <Value>(look: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> =>
  expect.poll(look, { timeout: 60_000 });

/** Variants of a picture in a real browser: the matrix, one of its cells large, the strip, and what is kept of them. */
describe.skipIf(!browserPath)(titled('robustness in the window'), { timeout: 90_000 }, () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  let page: Page;

  beforeAll(async () => {
    world = await createLabelledWorld(1);
    await saveSmaller(world);
    await buildWindow(world.at('bundle'));
    const workbench = createWorkbench({ catalog: world.catalog });
    await workbench.importDataset({ folder: world.films, name: 'films' });
    for (const name of ['network.onnx', 'second.onnx'])
      await workbench.predictDataset({ dataset: 'films', modelPath: world.at(name), provider: 'cpu' });
    await workbench.close();
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    page = opened.page;
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('viewport-picture').waitFor();
  }, 120_000);
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  const countKept = (): number => {
    const catalog = openCatalog(world.catalog, { readonly: true });
    const ids = catalog.datasets.list().flatMap(({ id }) => catalog.samples.listFiles(id).map((file) => file.id));
    const setups = catalog.models.list().flatMap(({ id }) => catalog.setups.list(id));
    const count = setups.reduce((sum, setup) => sum + ids.reduce((all, id) => all + catalog.variants.list(setup.id, id).length, 0), 0); // prettier-ignore
    catalog.close();
    return count;
  };
  const progress = (): Promise<string | null> => page.getByTestId('grid-progress').first().textContent();
  const row = (variant: string): ReturnType<Page['locator']> => page.locator(`tr[data-variant="${variant}"]`);

  test('by key, results come in one after the other, and cancelling leaves the rest for later', async () => {
    await page.keyboard.press('F8');
    await page.getByTestId('stress').waitFor();
    // In the page: all of it may be there before a click from outside has arrived.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const cancel = (): void => {
            const stress = document.querySelector('[data-testid="stress"]');
            const button = [...(stress?.querySelectorAll('button') ?? [])].find((one) => one.textContent === 'Cancel');
            const hasOne = (stress?.querySelector('tr[data-variant="unchanged"]')?.textContent ?? '').includes('%');
            if (!button || !hasOne) return void requestAnimationFrame(cancel);
            button.click();
            resolve();
          };
          cancel();
        }),
    );
    await soon(progress).toMatch(/^\d+ of 26$/);
    const kept = countKept();
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(26);
    await page.getByTestId('stress').getByRole('button', { name: 'Compute' }).click();
    await soon(progress).toBe('all 26 in the catalog');
    expect(countKept()).toBe(26);
  });

  test('each cell has picture, map, map laid back, prediction with its drift, and five distances that say what they are', async () => {
    const cell = row('flip').locator('td').first();
    expect(await cell.locator('.variant-picture').count()).toBe(3);
    expect(await cell.locator('.variant-prediction').textContent()).toMatch(/\d%.*drift \d/);
    const distances = cell.locator('.variant-distances > div');
    expect(await distances.allTextContents()).toEqual([
      ...[
        /^Spearman−?\d\.\d\d$/,
        /^SSIM−?\d\.\d\d$/,
        /^Top-5% overlap\d\.\d\d$/,
        /^Cosine−?\d\.\d\d$/,
        /^Sign flips\d\.\d\d$/,
      ].map((pattern) => expect.stringMatching(pattern) as string),
    ]);
    for (const title of await distances.evaluateAll((all) => all.map((one) => (one as HTMLElement).title)))
      expect(title.length).toBeGreaterThan(30);
    expect(await findSerious(page)).toEqual([]);
  });

  test('opened again it is there at once, and nothing is computed', async () => {
    const before = countKept();
    await page.waitForTimeout(900);
    await page.reload();
    await page.getByTestId('stress-matrix').waitFor();
    await soon(progress).toBe('all 26 in the catalog');
    expect(countKept()).toBe(before);
  });

  test('a cell opens large beside the original, steps by key, and shows how it goes with severity', async () => {
    await row('rotate@4').getByRole('button', { name: /open large/ }).first().click(); // prettier-ignore
    const large = page.getByTestId('large-cell');
    await large.getByText('angle 30').first().waitFor();
    await soon(() => large.getByTestId('overlay').evaluateAll((all) => all.filter((one) => !(one as HTMLElement).hidden).length)).toBe(3); // prettier-ignore
    await large.getByRole('button', { name: /Curves over severity/ }).click();
    await soon(() => large.getByTestId('severity-curves').locator('circle').count()).toBe(20);
    expect(await findSerious(page)).toEqual([]);
    await page.keyboard.press('Shift+>');
    await large.getByText('angle 90').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('stress-matrix').waitFor();
  });

  test('what cannot be compared says why', async () => {
    await page.getByText('What is done, how much').click();
    await page.getByRole('combobox', { name: 'Severity' }).selectOption('5');
    for (const name of ['Gaussian blur', 'Sharpen', 'Rotation', 'Horizontal flip', 'Brightness', 'Contrast', 'Noise'])
      await page.getByRole('checkbox', { name, exact: true }).click();
    await page.getByRole('checkbox', { name: 'Shift', exact: true }).click();
    // 24 pixels moved by 16 leave no room for a window of SSIM.
    await row('shift@5').getByText(/^No number: /).first().waitFor({ timeout: 30_000 }); // prettier-ignore
    expect(await row('shift@5').locator('[data-undefined=true]').first().getAttribute('title')).toMatch(/^No number: /);
    await page.getByRole('combobox', { name: 'Severity' }).selectOption('0');
  });

  test('averaged over shifts the maps are others, and it says so', async () => {
    const before = countKept();
    await page.getByRole('switch', { name: /mean over one-pixel shifts/ }).click();
    await page.getByText('Maps are means over one-pixel shifts of the input').waitFor();
    await soon(progress).toMatch(/^all/);
    expect(countKept()).toBeGreaterThan(before);
    await page.keyboard.press('F3');
    await page.getByText(/explains .* · mean over one-pixel shifts/).waitFor();
    await page.getByRole('button', { name: /is on: take it off/ }).click();
  });

  test('the strip below the picture has prediction and map of each variant, by key and by button', async () => {
    await page.keyboard.press('a');
    const strip = page.getByTestId('variant-strip');
    await soon(() => strip.locator('button.strip-cell').count()).toBeGreaterThan(2);
    await soon(() => strip.getByTestId('grid-progress').textContent()).toMatch(/^all/);
    expect(await strip.locator('button.strip-cell').nth(1).textContent()).toMatch(/%.*Spearman/);
    expect(await findSerious(page)).toEqual([]);
    await page.getByRole('button', { name: /Variants below/ }).click();
    await soon(() => strip.count()).toBe(0);
  });

  test('the quality of maps is measured in the background and stands beside the map', async () => {
    const card = page.getByTestId('quality-card');
    await card.getByText('Map quality: not measured').click();
    await card.getByRole('button', { name: /^Measure / }).click();
    await soon(() => card.locator('table').count()).toBe(1);
    expect(await card.locator('tr[title]').count()).toBeGreaterThanOrEqual(9);
    expect(await card.textContent()).toMatch(/\d pictures of films.*SRG/);
    expect(await findSerious(page)).toEqual([]);
  });

  test('the palette leads to it', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Stress');
    await page.keyboard.press('Enter');
    await page.getByTestId('stress-matrix').waitFor();
    expect(opened.faults).toEqual([]);
    expect(opened.elsewhere).toEqual([]);
  });
});

/** A second model of the same classes that sees pictures smaller. */
async function saveSmaller(world: LabelledWorld): Promise<void> {
  const form = { arch: 'resnet18', width: 8, classes: labels.length, size, seed: 4, batchNorm: 'folded' } as const;
  const network = createNetwork(form);
  const inputs = [valueInfo('input', ['batch', 3, 'height', 'width'])];
  await saveModel({ ...network, graph: { ...network.graph, inputs } }, world.at('second.onnx'));
  const manifest = { title: 'Smaller network', input: { width: 24, height: 24 }, labels };
  await writeFile(world.at('second.manifest.json'), JSON.stringify(manifest));
}
