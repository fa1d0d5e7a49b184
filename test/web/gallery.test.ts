import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** The gallery in a real browser: what narrows a list, what is selected, and that it is all there again the next time. */
describe.skipIf(!browserPath)(titled('the gallery'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;

  beforeAll(async () => {
    world = await createLabelledWorld(6);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world);
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    await opened.page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  const total = (): Promise<string | null> => opened.shown('total');
  const facet = (name: string) => opened.page.getByRole('region', { name, exact: true });
  const value = (name: string, text: string) => facet(name).getByRole('button', { name: new RegExp(`^${text}`) });
  const focused = (): Promise<string | undefined> =>
    opened.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['place']);

  test('facets tell how many pictures each value would leave, and are toggles', async () => {
    expect(await total()).toBe('36 pictures');
    expect(await value('Class', 'nodule').textContent()).toBe('nodule12');
    await value('Class', 'nodule').click();
    await expect.poll(total).toBe('12 pictures');
    await expect.poll(() => value('Split', 'Test').textContent()).toBe('Test6');
    expect(await value('Class', 'nodule').getAttribute('aria-pressed')).toBe('true');
    expect(await value('Class', 'normal').textContent()).toBe('normal12');
    await value('Split', 'Test').click();
    await expect.poll(total).toBe('6 pictures');
    await value('Class', 'normal').click();
    await expect.poll(total).toBe('12 pictures');
    await opened.page.getByRole('button', { name: 'Set filters aside' }).click();
    await expect.poll(total).toBe('36 pictures');
    await opened.page.getByRole('button', { name: 'Filters on again' }).click();
    await expect.poll(total).toBe('12 pictures');
    await opened.page.getByRole('button', { name: 'Clear all filters' }).click();
    await expect.poll(total).toBe('36 pictures');
  });

  test('a cell of the confusion matrix leaves what it counts', async () => {
    const cells = facet('Label against prediction').getByRole('button');
    const counts = await cells.allTextContents();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(36);
    const place = counts.findIndex((count) => Number(count) > 0 && Number(count) < 36);
    await cells.nth(place).click();
    const count = Number(counts[place]);
    await expect.poll(total).toBe(`${count} ${count === 1 ? 'picture' : 'pictures'}`);
    await cells.nth(place).click();
    await expect.poll(total).toBe('36 pictures');
  });

  test('Ctrl and Shift select, Ctrl+A selects the whole list, tags stay with what was selected', async () => {
    const { page } = opened;
    const cell = (place: number) => page.locator(`[data-place="${place}"]`);
    await cell(1).click({ modifiers: ['Control'] });
    await cell(4).click({ modifiers: ['Shift'] });
    await expect.poll(() => opened.shown('selected')).toBe('4 selected');
    expect(await cell(2).getAttribute('aria-selected')).toBe('true');
    expect(await cell(0).getAttribute('aria-selected')).toBe('false');
    await page.getByRole('combobox', { name: 'Name of the tag' }).fill('look again');
    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    await expect.poll(() => value('Tags', 'look again').textContent()).toBe('look again4');
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await value('Split', 'Test').click();
    await expect.poll(total).toBe('18 pictures');
    await cell(0).focus();
    await page.keyboard.press('Control+a');
    await expect.poll(() => opened.shown('selected')).toBe('18 selected');
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await value('Split', 'Test').click();
    await expect.poll(total).toBe('36 pictures');
  });

  test('the keyboard moves, selects, opens and comes back to where it was', async () => {
    const { page } = opened;
    await page.locator('[data-place="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('1');
    await page.keyboard.press('Space');
    await expect.poll(() => opened.shown('selected')).toBe('1 selected');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => opened.shown('selected')).toBe('2 selected');
    await page.keyboard.press('Enter');
    await expect.poll(() => opened.shown('place')).toBe('3 of 36');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => opened.shown('place')).toBe('4 of 36');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('3');
    await page.getByRole('button', { name: 'Clear selection' }).click();
  });

  test('heatmaps lie over the thumbnails on the screen, and names can be left out', async () => {
    const { page } = opened;
    await page.locator('[data-place="0"]').focus();
    expect(await page.locator('.cell-map').count()).toBe(0);
    await page.keyboard.press('o');
    const painted = (): Promise<number> =>
      page
        .locator('.cell-map canvas')
        .first()
        .evaluate((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
          return Array.from(pixels).filter((byte, i) => i % 4 === 3 && byte > 0).length;
        });
    await expect.poll(painted).toBeGreaterThan(50);
    expect(await page.locator('.cell-map').count()).toBeLessThanOrEqual(18);
    await page.keyboard.press('l');
    await expect.poll(() => page.locator('.caption').count()).toBe(0);
    await page.keyboard.press('l');
    await page.keyboard.press('o');
  });

  test('worst first is wrong ones, the surest first, then right ones, the least sure first', async () => {
    const { page } = opened;
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'Worst first' }).click();
    await page.locator('.caption .wrong').first().waitFor();
    const texts = await page.locator('.caption').allTextContents();
    expect(texts.length).toBeGreaterThan(5);
    const signed = texts.map((text) => Number(/(\d+)%/.exec(text)?.[1]) * (text.includes('✕') ? -1 : 1));
    expect(signed).toEqual(signed.toSorted((a, b) => a - b));
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'By name' }).click();
  });

  test('what was selected is explained as a job, and its heatmaps are counted when it is done', async () => {
    const { page } = opened;
    await value('Split', 'Train').click();
    await expect.poll(() => value('Heatmap', 'Has none').textContent()).toBe('Has none yet18');
    await page.locator('[data-place="0"]').click({ modifiers: ['Control'] });
    await page.locator('[data-place="2"]').click({ modifiers: ['Shift'] });
    await page.getByRole('combobox', { name: 'Composite' }).click();
    await page.getByRole('option', { name: 'EpsilonPlusFlat', exact: true }).click();
    await page.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect
      .poll(() => page.getByRole('article').textContent(), { timeout: 20_000 })
      .toContain('3 heatmaps computed.');
    await expect.poll(() => value('Heatmap', 'Has a heatmap').textContent()).toBe('Has a heatmap3');
    await page.getByRole('button', { name: /^Dismiss: Explain/ }).click();
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.keyboard.press('Control+j');
    await value('Split', 'Train').click();
  });

  test('everything has its command, and the sheet tells the keys', async () => {
    const { page } = opened;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('theme light');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['room'])).toBe('light');
    await page.keyboard.press('F1');
    await page.getByLabel('Search keys').fill('heatmaps over');
    expect(await page.getByRole('dialog', { name: 'Keys' }).locator('dt').allTextContents()).toEqual([
      'Heatmaps over the thumbnails on or off',
    ]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('the window opens where it was left: filters, picture, zoom, theme', async () => {
    const { page } = opened;
    await value('Class', 'nodule').click();
    await expect.poll(total).toBe('12 pictures');
    await page.locator('[data-place="5"]').click();
    await expect.poll(() => opened.shown('place')).toBe('6 of 12');
    const lookIn = (of: Page): Promise<string | undefined> =>
      of.evaluate(() => document.querySelector<HTMLElement>('.film')?.style.transform);
    const fit = await lookIn(page);
    await page.keyboard.press('+');
    await expect.poll(() => lookIn(page)).not.toBe(fit);
    const left = await lookIn(page);
    await page.waitForTimeout(900);
    await opened.close();
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    await opened.page.getByTestId('place').waitFor();
    await expect.poll(() => opened.shown('place')).toBe('6 of 12');
    await expect.poll(() => lookIn(opened.page)).toBe(left);
    expect(await opened.page.evaluate(() => document.documentElement.dataset['room'])).toBe('light');
    await opened.page.keyboard.press('Escape');
    await expect.poll(focused).toBe('5');
    expect(await total()).toBe('12 pictures');
  });
});
