import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { eventually } from './marked-desk.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** A radiologist reads a fixed sample of films before the models do, and leaves in the middle of it. */
describe.skipIf(!browserPath)(titled('a radiologist reads a queue'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  let page: Page;
  let catalog: ReadonlyCatalog;
  const open = async (): Promise<void> => {
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    page = opened.page;
  };
  beforeAll(async () => {
    world = await createLabelledWorld(6);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world);
    await open();
    catalog = openCatalog(world.catalog, { readonly: true });
    await page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    catalog.close();
    await world.remove();
  });

  const place = (): Promise<string | null> => opened.shown('place');

  test('nothing leaves the computer, and it says so', async () => {
    expect(await page.getByText('Offline · nothing leaves this computer').count()).toBe(1);
    expect(await page.getByText('not for diagnosis').count()).toBeGreaterThan(0);
  });

  test('she draws nine films, as many of each class, by a seed, and reads them in that order', async () => {
    await page.keyboard.press('Control+Shift+Q');
    await page.getByLabel('Pictures', { exact: true }).last().fill('9');
    await page.getByLabel('Seed').fill('7');
    await page.getByRole('button', { name: 'Draw and read' }).click();
    await eventually(place).toBe('1 of 9');
    const [queue] = catalog.queues.list(1);
    expect(queue).toMatchObject({ name: 'Reading of 9', count: 9, settings: { seed: 7, balanced: true } });
  });

  test('the model is silent until her own reading is locked, then stands beside it', async () => {
    await page.locator('.reader summary').click();
    await page.getByLabel('My reading first').click({ force: true });
    await page.getByText('Your reading first', { exact: true }).waitFor();
    await eventually(() => page.getByText('Narrow network says').count()).toBe(0);
    for (const key of ['w', 'i', 'i', '+']) await page.keyboard.press(key);
    await page.keyboard.press('y');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Narrow network says').waitFor();
    expect(await opened.shown('locked')).toMatch(/^You said Clean/);
    await page.keyboard.press('Shift+U');
    await eventually(() => page.locator('.opinions [aria-pressed=true]').textContent()).toMatch(/wrong reason/);
    await page.keyboard.press('Control+Enter');
    await eventually(place).toBe('2 of 9');
  });

  test('what she said first cannot be overwritten', async () => {
    await page.keyboard.press('ArrowUp');
    await eventually(place).toBe('1 of 9');
    await page.getByTestId('locked').waitFor();
    await page.keyboard.press('j');
    await eventually(() => page.locator('.verdicts [aria-pressed=true]').textContent()).toMatch(/^Suspicious/);
    const reviews = catalog.reviews.listOfDataset(1);
    expect(reviews).toMatchObject([{ verdict: 'clean' }]);
    await page.keyboard.press('n');
    await eventually(place).toBe('2 of 9');
  });

  test('she leaves at a film and finds it again: the same film, zoom and layout', async () => {
    await page.keyboard.press('n');
    await eventually(place).toBe('3 of 9');
    await page.keyboard.press('+');
    await page.waitForTimeout(1200);
    const zoom = await opened.shown('tool');
    await opened.close();
    await open();
    await page.getByTestId('tool').waitFor();
    expect([await place(), await opened.shown('tool')]).toEqual(['3 of 9', zoom]);
  });

  test('the queue says how far she is, and goes on at the first film that is open', async () => {
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('.reading').count()).toBe(0);
    await page.keyboard.press('Control+Shift+Q');
    await eventually(() => opened.shown('queue-progress')).toBe('1 of 9 read');
    await page.getByRole('button', { name: 'Read on' }).click();
    await eventually(place).toBe('2 of 9');
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
  });
});
