import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** The built window in a real browser, on a real catalog, through the web host. */
describe.skipIf(!browserPath)(titled('the window'), () => {
  let world: SmallWorld;
  let opened: OpenedWindow;
  let page: Page;

  beforeAll(async () => {
    world = await createSmallWorld(30);
    await buildWindow(world.at('bundle'));
    const catalog = world.at('catalog.lightbox');
    const workbench = createWorkbench({ catalog });
    await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
    const job = { dataset: 'small', modelPath: world.modelPath, provider: 'cpu' } as const;
    await workbench.predictDataset(job);
    await workbench.attributeDataset({ ...job, composite: 'EpsilonPlusFlat' });
    // A workbench that has written reads by the same connection; the window's own only reads.
    await workbench.close();
    opened = await openWindow({ catalog, bundle: world.at('bundle'), viewport: { width: 1000, height: 700 } });
    page = opened.page;
    await page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  const shown = (id: string): Promise<string | null> => opened.shown(id);

  test('the token is gone from the address', () => {
    expect(page.url()).toBe(`${new URL(opened.url).origin}/`);
  });

  test('the gallery shows the pictures with what the model says, and only those on the screen', async () => {
    expect(await shown('total')).toBe('30 pictures');
    expect(await page.locator('.cell').count()).toBeLessThan(30);
    expect(await page.locator('.cell').first().textContent()).toMatch(/(effusion|nodule|normal) \d+%/);
    const size = await page
      .locator('.cell img')
      .first()
      .evaluate((image) => (image as HTMLImageElement).naturalWidth);
    expect(size).toBe(48);
  });

  test('arrow keys lead through the grid to its end', async () => {
    await page.locator('[data-place="0"]').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(50);
    }
    const columns = await page.locator('.row').first().locator('.cell').count();
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['place']);
    expect(await focused()).toBe(String(columns + 1));
    await page.keyboard.press('End');
    await expect.poll(focused).toBe('29');
  });

  test('a search leaves what fits', async () => {
    await page.getByLabel('Search names').fill('Jane-1.');
    await expect.poll(() => shown('total')).toBe('1 picture');
    await page.getByLabel('Search names').fill('');
    await expect.poll(() => shown('total')).toBe('30 pictures');
  });

  test('the picture comes first; O lays the heatmap over it, the key above Tab takes everything away', async () => {
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('window').waitFor();
    const overlay = page.getByTestId('overlay');
    expect(await overlay.isVisible()).toBe(false);
    await page.keyboard.press('o');
    await expect.poll(() => overlay.isVisible()).toBe(true);
    const painted = await overlay.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return { width, height, covered: Array.from(pixels).filter((value, i) => i % 4 === 3 && value > 0).length };
    });
    expect([painted.width, painted.height]).toEqual([32, 32]);
    expect(painted.covered).toBeGreaterThan(50);
    await page.keyboard.press('Backquote');
    await expect.poll(() => overlay.isVisible()).toBe(false);
    expect(await page.getByLabel('About the picture').count()).toBe(0);
    await page.keyboard.press('Backquote');
    await expect.poll(() => overlay.isVisible()).toBe(true);
  });

  test('the next picture keeps zoom, heatmap and invert; Escape leads back to the gallery', async () => {
    await page.keyboard.press('+');
    await page.keyboard.press('i');
    const look = (): Promise<readonly (string | boolean | undefined)[]> =>
      page.evaluate(() => [
        document.querySelector<HTMLElement>('.film')?.style.transform,
        document.querySelector('[data-testid=window]')?.textContent.includes('inverted'),
      ]);
    const before = await look();
    expect(before[0]).toMatch(/^matrix\(/);
    expect(before[1]).toBe(true);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => shown('place')).toBe('2 of 30');
    await page.getByTestId('window').waitFor();
    expect(await look()).toEqual(before);
    await expect.poll(() => page.getByTestId('overlay').isVisible()).toBe(true);
    await page.keyboard.press('End');
    await expect.poll(() => shown('place')).toBe('30 of 30');
    await page.keyboard.press('ArrowDown');
    expect(await shown('place')).toBe('30 of 30');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.reading').count()).toBe(0);
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect([opened.elsewhere, opened.faults]).toEqual([[], []]);
  });
});
