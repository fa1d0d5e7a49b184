import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compositeNames } from '#shared/composite-names.ts';
import { openExplained, soon, type ExplainedWorld } from './explained-world.ts';
import { browserPath, titled } from './open-window.ts';

/** Heatmaps asked for in the window, in a real browser: computed, found again, laid side by side. */
describe.skipIf(!browserPath)(titled('explaining'), { timeout: 60_000 }, () => {
  let explained: ExplainedWorld;
  let page: Page;

  beforeAll(async () => {
    explained = await openExplained();
    page = explained.page;
  }, 120_000);
  afterAll(() => explained.close());

  const countKept = (): number => explained.countKept();
  const colors = (viewport: string): Promise<string> => explained.colors(viewport);
  const shown = (viewport: string): Promise<string> => explained.shown(viewport);
  const becomes = (viewport: string, wanted: (look: string) => boolean): Promise<void> =>
    explained.becomes(viewport, wanted);
  const changes = (viewport: string, from: string): Promise<void> => explained.changes(viewport, from);
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
    await soon(() => page.getByTestId('references').textContent()).toMatch(/known once every picture was read/);
    await page.keyboard.press('F3');
  });
});
