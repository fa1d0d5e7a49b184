import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createLabelledWorld, type LabelledWorld } from './labelled-world.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

const thumbnailSize = 160;

/** The window before there is a catalog, in a real browser: two choices, and nothing written before it was shown what would be. */
describe.skipIf(!browserPath)(titled('the first start'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;

  beforeAll(async () => {
    world = await createLabelledWorld(8);
    await buildWindow(world.at('bundle'));
  });
  afterAll(async () => {
    await world.remove();
  });
  const patiently = { timeout: 30_000 };

  test('a folder is shown for what it is before it is imported; its pictures come while they are read', async () => {
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    const { page } = opened;
    await page.getByRole('button', { name: /^Look at the demo/ }).waitFor();
    await page.getByRole('button', { name: /^Open a folder/ }).click();
    const path = page.getByRole('textbox', { name: 'Path of the folder' });
    await path.fill(world.at('nowhere'));
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByRole('alert').textContent(), patiently)
      .toMatch(/^There is no folder ".*nowhere"/);
    await path.fill(world.films);
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: world.films }).getByRole('button', { name: 'Test' }).waitFor();
    await page.getByRole('button', { name: 'Look at this folder' }).click();
    await page.getByTestId('plan').waitFor();
    expect(await page.getByRole('row').allTextContents()).toEqual([
      'TrainTestall',
      'effusion8816',
      'nodule8816',
      'normal8816',
    ]);
    expect(() => openCatalog(world.catalog, { readonly: true })).toThrow('There is no catalog');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.locator('.cell img').first().waitFor();
    await expect.poll(() => opened.shown('total'), patiently).toBe('48 pictures');
    await expect.poll(() => page.getByRole('article').textContent(), patiently).toContain('films: 48 added');
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
    await opened.close();
  });

  test('the demo is begun by one click and can be cancelled; what it had done is whole', async () => {
    const catalog = world.at('demo.lightbox');
    opened = await openWindow({ catalog, bundle: world.at('bundle') });
    const { page } = opened;
    await page.getByRole('button', { name: /^Look at the demo/ }).click();
    await page.getByRole('progressbar', { name: 'Fill the demo' }).waitFor();
    await page.getByRole('button', { name: 'Cancel: Fill the demo' }).click();
    await expect
      .poll(() => page.evaluate(() => document.body.textContent), patiently)
      .toMatch(/Look at the demo|\d+ pictures?/);
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
    await opened.close();
    const left = openCatalog(catalog);
    const { findings } = await left.check();
    expect(findings).toEqual([]);
    for (const { state } of left.jobs.list()) expect(['done', 'cancelled']).toContain(state);
    for (const { id } of left.datasets.list())
      for (const { contentSha256 } of left.samples.page({ dataset: id }).samples)
        expect(left.thumbnails.find(contentSha256 ?? '', thumbnailSize)).toBeDefined();
    left.close();
    rmSync(catalog);
  });
});
